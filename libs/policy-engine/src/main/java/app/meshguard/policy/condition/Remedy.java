package app.meshguard.policy.condition;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Thinks of the nearest values with which a condition would come out as wanted. What it proposes is
 * a guess that has to be tried: one value can matter to several conditions.
 */
public final class Remedy {
  private static final int MOST = 12;
  private static final Attribute TAGS = Attribute.of(List.of("agent", "tags"));

  private final Facts facts;
  private final NearestValue nearest;

  public Remedy(Facts facts) {
    this.facts = facts;
    this.nearest = new NearestValue(facts);
  }

  /**
   * Alternatives, each a list of changes to make together, the shortest first; an empty one where
   * nothing has to change; none when none comes to mind.
   */
  public List<List<Proposal>> toBecome(boolean wanted, Condition condition) {
    if (condition.test(facts) == Truth.of(wanted)) {
      return List.of(List.of());
    }
    return switch (condition) {
      case Conjunction all ->
          wanted ? every(all.conditions(), true) : some(all.conditions(), false);
      case Disjunction any ->
          wanted ? some(any.conditions(), true) : every(any.conditions(), false);
      case Negation not -> toBecome(!wanted, not.condition());
      case Comparison comparison -> each(nearest.comparison(comparison, wanted));
      case Membership membership -> each(new MemberRemedy(facts).of(membership, wanted));
      case Holds holds -> each(set(holds.operand(), wanted));
      case HasTag tag -> each(tag(tag, wanted));
      case TextTest test -> each(new TextRemedy(facts).of(test, wanted));
      case PatternTest test -> each(new TextRemedy(facts).of(test, wanted));
      case InRange range -> each(new TextRemedy(facts).of(range, wanted));
      case Exists exists -> each(exists(exists.attribute(), wanted));
      case LimitTerm limit -> wanted ? counted(limit) : List.of();
    };
  }

  /** Whether the request or the agent has this value: all else is not the caller's to change. */
  public static boolean isChangeable(Attribute attribute) {
    return switch (attribute.root()) {
      case REQUEST -> !attribute.path().isEmpty();
      case AGENT ->
          !attribute.path().isEmpty() && !attribute.isAgents("id") && !attribute.isAgents("name");
      case RESOURCE -> true;
      case TIME -> !attribute.path().getFirst().equals("timezone");
      case ACTION, DELEGATION, TENANT, ENV -> false;
    };
  }

  private static List<List<Proposal>> each(List<Proposal> proposals) {
    return proposals.stream()
        .filter(proposal -> isChangeable(proposal.attribute()))
        .limit(MOST)
        .map(List::of)
        .toList();
  }

  private static List<Proposal> set(Operand operand, boolean value) {
    return operand instanceof Attribute attribute
        ? List.of(Proposal.set(attribute, value))
        : List.of();
  }

  /** What a limit counts by, and what a budget counts, has to be said. */
  private List<List<Proposal>> counted(LimitTerm limit) {
    List<Proposal> together = new ArrayList<>();
    if (limit.lacksKey(facts) && limit.key() instanceof Attribute key) {
      together.addAll(exists(key, true));
    }
    if (limit instanceof BudgetTerm budget
        && budget.amountOf(facts) == null
        && budget.amount() instanceof Attribute amount) {
      together.add(Proposal.standIn(amount, BigDecimal.ZERO, "an amount that is not negative"));
    }
    return together.stream().allMatch(proposal -> isChangeable(proposal.attribute()))
        ? List.of(together)
        : List.of();
  }

  private static List<Proposal> exists(Attribute attribute, boolean wanted) {
    return List.of(
        wanted ? Proposal.standIn(attribute, "x", Proposal.ANY) : Proposal.clear(attribute));
  }

  private List<Proposal> tag(HasTag tag, boolean wanted) {
    Object name = tag.tag().value(facts);
    if (name == null) {
      return List.of();
    }
    return List.of(wanted ? Proposal.add(TAGS, name) : Proposal.remove(TAGS, name));
  }

  private List<List<Proposal>> some(List<Condition> conditions, boolean wanted) {
    return shortest(conditions.stream().flatMap(condition -> toBecome(wanted, condition).stream()));
  }

  private List<List<Proposal>> every(List<Condition> conditions, boolean wanted) {
    List<List<Proposal>> together = List.of(List.of());
    for (Condition condition : conditions) {
      List<List<Proposal>> alternatives = toBecome(wanted, condition);
      together =
          shortest(
              together.stream()
                  .flatMap(one -> alternatives.stream().map(other -> joined(one, other))));
    }
    return together;
  }

  private static List<List<Proposal>> shortest(Stream<List<Proposal>> alternatives) {
    return alternatives.sorted(Comparator.comparingInt(List::size)).limit(MOST).toList();
  }

  private static List<Proposal> joined(List<Proposal> one, List<Proposal> other) {
    List<Proposal> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }
}
