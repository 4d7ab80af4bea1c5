package app.meshguard.policy.condition;

import app.meshguard.policy.condition.Comparison.Operator;
import app.meshguard.policy.value.DurationText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds conditions that no value can make true together. What it finds is so; it does not find all.
 */
public final class Contradiction {
  /** Each OR is looked at beside all other conditions, so only so many are. */
  private static final int MOST_CHOICES = 32;

  private final Map<String, Bounds> bounds = new LinkedHashMap<>();
  private final Map<String, Boolean> facts = new LinkedHashMap<>();
  private final List<Disjunction> choices = new ArrayList<>();
  private @Nullable String found;

  private Contradiction() {}

  /** Why these cannot all be true, in words; null when nothing speaks against it. */
  public static @Nullable String in(List<Condition> together) {
    Contradiction contradiction = new Contradiction();
    contradiction.state(together);
    if (contradiction.found == null) {
      contradiction.choose(together);
    }
    return contradiction.found;
  }

  private void state(List<Condition> together) {
    together.forEach(condition -> state(condition, true));
  }

  private void state(Condition condition, boolean wanted) {
    switch (condition) {
      case Conjunction all when wanted -> state(all.conditions());
      case Conjunction all -> choices.add(negated(all.conditions()));
      case Disjunction any when wanted -> choices.add(any);
      case Disjunction any -> any.conditions().forEach(one -> state(one, false));
      case Negation not -> state(not.condition(), !wanted);
      case Comparison comparison -> compare(comparison, wanted);
      case Membership membership -> isMember(membership, wanted);
      case Holds holds -> holds(holds.operand(), wanted);
      case Exists exists -> is("exists(" + exists.attribute().text() + ")", wanted);
      case HasTag tag when tag.tag() instanceof Literal literal ->
          is("has_tag(" + NearestValue.shown(literal.constant()) + ")", wanted);
      case HasTag unused -> {}
      case TextTest unused -> {}
      case PatternTest unused -> {}
      case InRange unused -> {}
      case LimitTerm unused -> {}
    }
  }

  private static Disjunction negated(List<Condition> conditions) {
    return new Disjunction(conditions.stream().<Condition>map(Negation::new).toList());
  }

  /** Of each OR some branch has to be possible beside all that is stated. */
  private void choose(List<Condition> together) {
    for (Disjunction choice : choices.stream().limit(MOST_CHOICES).toList()) {
      String last = null;
      for (Condition branch : choice.conditions()) {
        Contradiction beside = new Contradiction();
        beside.state(together);
        beside.state(branch, true);
        last = beside.found;
        if (last == null) {
          break;
        }
      }
      if (last != null) {
        found = last;
        return;
      }
    }
  }

  private void compare(Comparison comparison, boolean wanted) {
    Operator operator = wanted ? comparison.operator() : comparison.operator().opposite();
    if (comparison.right() instanceof Literal literal) {
      compare(comparison.left(), operator, literal.constant(), comparison.ranking());
    } else if (comparison.left() instanceof Literal literal) {
      compare(comparison.right(), operator.mirrored(), literal.constant(), comparison.ranking());
    }
  }

  private void compare(Operand subject, Operator operator, Object constant, Ranking ranking) {
    if (subject instanceof Literal literal) {
      Integer order = Values.compare(literal.constant(), constant);
      if (order != null && operator.of(order) != Truth.TRUE) {
        found =
            NearestValue.shown(literal.constant())
                + " is never "
                + operator.text()
                + " "
                + NearestValue.shown(constant);
      }
      return;
    }
    Bounds of = bounds(subject);
    Object compared = isAge(subject) ? duration(constant) : constant;
    if (of != null && compared != null) {
      tell(of.add(operator, compared, ranking));
    }
  }

  private static boolean isAge(Operand operand) {
    return operand instanceof Function function && function.kind() == Function.Kind.AGE;
  }

  private static @Nullable Duration duration(Object constant) {
    return constant instanceof String text ? DurationText.parse(text) : null;
  }

  private @Nullable Bounds bounds(Operand subject) {
    return switch (subject) {
      case Attribute attribute ->
          bounds.computeIfAbsent(attribute.canonical(), unused -> Bounds.of(attribute));
      case Function function when function.argument() instanceof Attribute attribute ->
          bounds.computeIfAbsent(
              function.kind() + attribute.canonical(), unused -> Bounds.of(function, attribute));
      default -> null;
    };
  }

  private void isMember(Membership membership, boolean wanted) {
    if (!(membership.container() instanceof Literal literal)
        || !(literal.constant() instanceof List<?> items)) {
      return;
    }
    if (items.isEmpty() && wanted) {
      found = "nothing is in an empty list";
    } else if (bounds(membership.member()) instanceof Bounds of) {
      tell(wanted ? of.oneOf(items) : of.noneOf(items));
    }
  }

  private void holds(Operand operand, boolean wanted) {
    if (operand instanceof Literal literal && literal.constant() instanceof Boolean constant) {
      found = constant == wanted ? found : "it is always " + constant;
    } else if (operand instanceof Attribute attribute) {
      compare(attribute, Operator.EQUAL, wanted, Ranking.NONE);
    }
  }

  private void is(String fact, boolean wanted) {
    Boolean before = facts.putIfAbsent(fact, wanted);
    if (before != null && before != wanted) {
      found = fact + " cannot both hold and not hold";
    }
  }

  private void tell(@Nullable String conflict) {
    if (found == null) {
      found = conflict;
    }
  }

  /** Whole numbers that the clock can show. */
  static @Nullable List<BigDecimal> clockRange(Attribute attribute) {
    if (attribute.root() != Attribute.Root.TIME) {
      return null;
    }
    return switch (attribute.path().getFirst()) {
      case "hour" -> List.of(BigDecimal.ZERO, BigDecimal.valueOf(23));
      case "minute" -> List.of(BigDecimal.ZERO, BigDecimal.valueOf(59));
      case "weekday" -> List.of(BigDecimal.ONE, BigDecimal.valueOf(7));
      default -> null;
    };
  }
}
