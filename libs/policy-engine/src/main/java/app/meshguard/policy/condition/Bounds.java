package app.meshguard.policy.condition;

import app.meshguard.policy.condition.Comparison.Operator;
import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All that conditions ask of one value, and whether any value does it. */
final class Bounds {
  private final String name;
  private final boolean whole;
  private final String range;
  private final List<String> asked = new ArrayList<>();
  private final List<Object> excluded = new ArrayList<>();
  private @Nullable Object least;
  private @Nullable Object most;
  private boolean aboveLeast;
  private boolean belowMost;
  private @Nullable List<Object> choices;

  private Bounds(String name, boolean whole, @Nullable Object least, @Nullable Object most) {
    this.name = name;
    this.whole = whole;
    this.least = least;
    this.most = most;
    this.range = most == null ? "" : ", which goes from " + least + " to " + most;
  }

  static Bounds of(Attribute attribute) {
    List<BigDecimal> clock = Contradiction.clockRange(attribute);
    Bounds bounds =
        clock == null
            ? new Bounds(attribute.text(), false, null, null)
            : new Bounds(attribute.text(), true, clock.getFirst(), clock.getLast());
    if (attribute.isAgents("trust_tier")) {
      bounds.choices =
          new ArrayList<>(Arrays.stream(TrustTier.values()).map(TrustTier::text).toList());
    } else if (attribute.isAgents("risk_level")) {
      bounds.choices =
          new ArrayList<>(Arrays.stream(RiskLevel.values()).map(RiskLevel::text).toList());
    }
    return bounds;
  }

  static Bounds of(Function function, Attribute attribute) {
    String name = function.kind().name().toLowerCase(Locale.ROOT);
    boolean isLength = function.kind() == Function.Kind.LEN;
    return new Bounds(
        name + "(" + attribute.text() + ")", isLength, isLength ? BigDecimal.ZERO : null, null);
  }

  /** The conflict in words once there is one. */
  @Nullable String add(Operator operator, Object constant, Ranking ranking) {
    asked.add(operator.text() + " " + NearestValue.shown(constant));
    if (ranking != Ranking.NONE) {
      retain(
          choice -> {
            Integer order = ranking.compare(choice, constant);
            return order != null && operator.of(order) == Truth.TRUE;
          });
      return conflict();
    }
    boolean fits =
        switch (operator) {
          case EQUAL -> intersect(List.of(constant));
          case NOT_EQUAL -> excluded.add(constant);
          case AT_LEAST -> raise(constant, false);
          case GREATER -> raise(constant, true);
          case AT_MOST -> lower(constant, false);
          case LESS -> lower(constant, true);
        };
    return fits ? conflict() : said();
  }

  @Nullable String oneOf(List<?> items) {
    asked.add("one of " + shown(items));
    intersect(items);
    return conflict();
  }

  @Nullable String noneOf(List<?> items) {
    asked.add("none of " + shown(items));
    excluded.addAll(items);
    return conflict();
  }

  private static String shown(List<?> items) {
    return String.join(", ", items.stream().map(NearestValue::shown).toList());
  }

  private boolean intersect(List<?> items) {
    if (choices == null) {
      choices = new ArrayList<>(items);
    } else {
      retain(choice -> items.stream().anyMatch(item -> isSame(choice, item)));
    }
    return true;
  }

  private void retain(Predicate<Object> fits) {
    if (choices != null) {
      choices.removeIf(fits.negate());
    }
  }

  private static boolean isSame(Object a, Object b) {
    return a.equals(b) || Values.equal(a, b) == Truth.TRUE;
  }

  /** False when the new bound is of another type than what is there: nothing can meet both. */
  private boolean raise(Object bound, boolean strictly) {
    Integer order = least == null ? Integer.valueOf(1) : Values.compare(bound, least);
    if (order != null && (order > 0 || (order == 0 && strictly))) {
      least = bound;
      aboveLeast = strictly;
    }
    return order != null;
  }

  private boolean lower(Object bound, boolean strictly) {
    Integer order = most == null ? Integer.valueOf(-1) : Values.compare(bound, most);
    if (order != null && (order < 0 || (order == 0 && strictly))) {
      most = bound;
      belowMost = strictly;
    }
    return order != null;
  }

  private @Nullable String conflict() {
    if (choices != null) {
      return choices.stream().noneMatch(this::isPossible) ? said() : null;
    }
    return isEmpty() ? said() : null;
  }

  private boolean isPossible(Object choice) {
    return excluded.stream().noneMatch(other -> isSame(choice, other))
        && isBeyond(choice, least, aboveLeast, 1)
        && isBeyond(choice, most, belowMost, -1);
  }

  private static boolean isBeyond(
      Object choice, @Nullable Object bound, boolean strictly, int direction) {
    if (bound == null) {
      return true;
    }
    Integer order = Values.compare(choice, bound);
    return order != null && (order == 0 ? !strictly : Integer.signum(order) == direction);
  }

  private boolean isEmpty() {
    if (least == null || most == null) {
      return false;
    }
    if (whole && least instanceof BigDecimal from && most instanceof BigDecimal to) {
      BigDecimal first = from.setScale(0, RoundingMode.CEILING);
      BigDecimal last = to.setScale(0, RoundingMode.FLOOR);
      first = aboveLeast && first.compareTo(from) == 0 ? first.add(BigDecimal.ONE) : first;
      last = belowMost && last.compareTo(to) == 0 ? last.subtract(BigDecimal.ONE) : last;
      return first.compareTo(last) > 0;
    }
    Integer order = Values.compare(least, most);
    return order == null
        || order > 0
        || (order == 0 && (aboveLeast || belowMost || isExcluded(least)));
  }

  private boolean isExcluded(Object value) {
    return excluded.stream().anyMatch(other -> isSame(value, other));
  }

  private String said() {
    return "no " + name + " is " + String.join(" and ", asked) + range;
  }
}
