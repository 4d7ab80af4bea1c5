package app.meshguard.policy.condition;

import app.meshguard.policy.condition.Comparison.Operator;
import app.meshguard.policy.value.DurationText;
import app.meshguard.policy.value.JsonNull;
import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values nearest to what is there with which a comparison comes out as wanted. */
final class NearestValue {
  /** A list that the call brings can be long; what is thought of beyond that helps nobody. */
  static final int MOST_ITEMS = 20;

  private final Facts facts;

  NearestValue(Facts facts) {
    this.facts = facts;
  }

  List<Proposal> comparison(Comparison comparison, boolean wanted) {
    Operator operator = wanted ? comparison.operator() : comparison.operator().opposite();
    List<Proposal> proposals = new ArrayList<>();
    proposals.addAll(of(comparison.left(), operator, comparison.right(), comparison.ranking()));
    proposals.addAll(
        of(comparison.right(), operator.mirrored(), comparison.left(), comparison.ranking()));
    return proposals;
  }

  private List<Proposal> of(Operand subject, Operator operator, Operand other, Ranking ranking) {
    Object boundary = other.value(facts);
    if (boundary == null || subject instanceof Literal) {
      return List.of();
    }
    if (ranking != Ranking.NONE && subject instanceof Attribute attribute) {
      return ranked(attribute, operator, boundary, ranking);
    }
    return new Inversion(facts, this).solve(subject, operator, boundary);
  }

  /** Every rank that would do, the nearest first. */
  private List<Proposal> ranked(
      Attribute attribute, Operator operator, Object boundary, Ranking ranking) {
    List<String> ranks =
        ranking == Ranking.TRUST_TIER
            ? Arrays.stream(TrustTier.values()).map(TrustTier::text).toList()
            : Arrays.stream(RiskLevel.values()).map(RiskLevel::text).toList();
    int now = ranks.indexOf(String.valueOf(attribute.value(facts)));
    return ranks.stream()
        .filter(
            rank -> {
              Integer order = ranking.compare(rank, boundary);
              return order != null && operator.of(order) == Truth.TRUE;
            })
        .sorted(Comparator.comparingInt(rank -> Math.abs(ranks.indexOf(rank) - now)))
        .map(rank -> Proposal.set(attribute, rank))
        .toList();
  }

  /** What the attribute itself would have to be. */
  List<Proposal> ofAttribute(Attribute attribute, Operator operator, Object boundary) {
    String limit = shown(boundary);
    return switch (operator) {
      case EQUAL -> List.of(Proposal.set(attribute, boundary));
      case AT_MOST -> List.of(Proposal.set(attribute, boundary, "at most " + limit));
      case AT_LEAST -> List.of(Proposal.set(attribute, boundary, "at least " + limit));
      case LESS -> beyond(attribute, boundary, -1, "less than " + limit);
      case GREATER -> beyond(attribute, boundary, 1, "more than " + limit);
      case NOT_EQUAL -> otherThan(attribute, List.of(boundary));
    };
  }

  private List<Proposal> beyond(Attribute attribute, Object boundary, int direction, String need) {
    Object value =
        switch (boundary) {
          case BigDecimal number when Arithmetic.isInRange(number) -> {
            BigDecimal step = step(number, attribute.value(facts));
            yield direction < 0
                ? number.subtract(step, MathContext.DECIMAL128)
                : number.add(step, MathContext.DECIMAL128);
          }
          case String text -> dayBeside(text, direction);
          default -> null;
        };
    return value == null ? List.of() : List.of(Proposal.set(attribute, value, need));
  }

  /** One for whole numbers, else a digit finer than the boundary, or as fine as what is there. */
  private static BigDecimal step(BigDecimal boundary, @Nullable Object present) {
    int scale = digitsAfterPoint(boundary);
    int finer = scale == 0 ? 0 : scale + 1;
    int given = present instanceof BigDecimal number ? digitsAfterPoint(number) : 0;
    return BigDecimal.ONE.movePointLeft(Math.max(finer, given));
  }

  private static int digitsAfterPoint(BigDecimal number) {
    return Math.clamp(number.stripTrailingZeros().scale(), 0, 34);
  }

  private static @Nullable String dayBeside(String text, int direction) {
    try {
      return LocalDate.parse(text).plusDays(direction).toString();
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** A value that is none of the given ones. */
  static List<Proposal> otherThan(Attribute attribute, List<?> all) {
    List<?> values = all.stream().limit(MOST_ITEMS).toList();
    String need =
        "anything but " + String.join(", ", values.stream().map(NearestValue::shown).toList());
    List<Object> candidates = new ArrayList<>();
    for (Object value : values) {
      switch (value) {
        case BigDecimal number when Arithmetic.isInRange(number) -> {
          candidates.add(number.add(BigDecimal.ONE, MathContext.DECIMAL128));
          candidates.add(number.subtract(BigDecimal.ONE, MathContext.DECIMAL128));
        }
        case Boolean bool -> candidates.add(!bool);
        case JsonNull unused -> candidates.add("x");
        case String unused -> candidates.addAll(List.of("other", "another"));
        default -> {
          // a list or a map: nothing simple is its opposite
        }
      }
    }
    return candidates.stream()
        .distinct()
        .filter(candidate -> values.stream().noneMatch(value -> isSame(value, candidate)))
        .limit(2)
        .map(candidate -> Proposal.standIn(attribute, candidate, need))
        .toList();
  }

  private static boolean isSame(Object a, Object b) {
    return Values.equal(a, b) == Truth.TRUE;
  }

  static String shown(Object value) {
    return switch (value) {
      case String text -> "'" + text + "'";
      case BigDecimal number ->
          Math.abs((long) number.scale()) < 100 ? number.toPlainString() : number.toString();
      case Duration duration -> "'" + DurationText.of(duration) + "'";
      default -> value.toString();
    };
  }
}
