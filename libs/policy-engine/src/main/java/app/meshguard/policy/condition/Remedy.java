package app.meshguard.policy.condition;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Thinks of the nearest values with which a condition would come out as wanted. What it proposes is
 * a guess that has to be tried: one value can matter to several conditions.
 */
public final class Remedy {
  private static final int MOST = 4;
  private static final Attribute TAGS = Attribute.of(List.of("agent", "tags"));

  private final Facts facts;

  public Remedy(Facts facts) {
    this.facts = facts;
  }

  /** Alternatives, each a list of values to set together; empty when none comes to mind. */
  public List<List<Proposal>> toBecome(boolean wanted, Condition condition) {
    return switch (condition) {
      case Conjunction all ->
          wanted ? every(all.conditions(), true) : some(all.conditions(), false);
      case Disjunction any ->
          wanted ? some(any.conditions(), true) : every(any.conditions(), false);
      case Negation not -> toBecome(!wanted, not.condition());
      case Comparison comparison -> comparison(comparison, wanted);
      case Membership membership -> membership(membership, wanted);
      case Holds holds -> of(holds.operand(), wanted);
      case HasTag tag when wanted && tag.tag() instanceof Literal literal ->
          List.of(List.of(new Proposal(TAGS, literal.constant())));
      case HasTag unused -> List.of();
      case TextTest unused -> List.of();
      case PatternTest unused -> List.of();
      case Exists unused -> List.of();
      case InRange unused -> List.of();
      case LimitTerm unused -> List.of();
    };
  }

  private static List<List<Proposal>> of(Operand operand, @Nullable Object value) {
    return operand instanceof Attribute attribute && value != null
        ? List.of(List.of(new Proposal(attribute, value)))
        : List.of();
  }

  private List<List<Proposal>> some(List<Condition> conditions, boolean wanted) {
    return conditions.stream()
        .flatMap(condition -> toBecome(wanted, condition).stream())
        .limit(MOST)
        .toList();
  }

  /** Only what is not as wanted has to change. */
  private List<List<Proposal>> every(List<Condition> conditions, boolean wanted) {
    List<Proposal> together = new ArrayList<>();
    for (Condition condition : conditions) {
      if (condition.test(facts) != Truth.of(wanted)) {
        List<List<Proposal>> alternatives = toBecome(wanted, condition);
        if (alternatives.isEmpty()) {
          return List.of();
        }
        together.addAll(alternatives.getFirst());
      }
    }
    return together.isEmpty() ? List.of() : List.of(together);
  }

  private List<List<Proposal>> membership(Membership membership, boolean wanted) {
    if (!wanted || membership.substring()) {
      return List.of();
    }
    return membership.container().value(facts) instanceof List<?> items
        ? items.stream()
            .limit(MOST)
            .flatMap(item -> of(membership.member(), item).stream())
            .toList()
        : List.of();
  }

  private List<List<Proposal>> comparison(Comparison comparison, boolean wanted) {
    Comparison.Operator operator =
        wanted ? comparison.operator() : comparison.operator().opposite();
    Operand left = comparison.left();
    Operand right = comparison.right();
    if (left instanceof Attribute && isChangeable(left)) {
      return of(left, nearest(operator, right.value(facts)));
    }
    return of(right, nearest(operator.mirrored(), left.value(facts)));
  }

  private static boolean isChangeable(Operand operand) {
    return operand instanceof Attribute attribute
        && (attribute.root() == Attribute.Root.REQUEST || attribute.root() == Attribute.Root.AGENT);
  }

  private static @Nullable Object nearest(Comparison.Operator operator, @Nullable Object boundary) {
    return switch (operator) {
      case EQUAL, AT_MOST, AT_LEAST -> boundary;
      case LESS -> boundary instanceof BigDecimal number ? number.subtract(step(number)) : null;
      case GREATER -> boundary instanceof BigDecimal number ? number.add(step(number)) : null;
      case NOT_EQUAL -> null;
    };
  }

  /** One for whole numbers, else one digit finer than the number itself. */
  private static BigDecimal step(BigDecimal number) {
    int scale = Math.max(0, number.stripTrailingZeros().scale());
    return scale == 0 ? BigDecimal.ONE : BigDecimal.ONE.movePointLeft(scale + 1);
  }
}
