package app.meshguard.policy.condition;

import app.meshguard.policy.condition.Comparison.Operator;
import app.meshguard.policy.value.DurationText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what the attribute inside an expression would have to be for the whole to have a value. */
final class Inversion {
  private static final int LONGEST = 4_096;

  private final Facts facts;
  private final NearestValue nearest;

  Inversion(Facts facts, NearestValue nearest) {
    this.facts = facts;
    this.nearest = nearest;
  }

  List<Proposal> solve(Operand subject, Operator operator, Object boundary) {
    return switch (subject) {
      case Attribute attribute -> nearest.ofAttribute(attribute, operator, boundary);
      case Arithmetic arithmetic when boundary instanceof BigDecimal number ->
          arithmetic(arithmetic, operator, number);
      case Function function -> function(function, operator, boundary);
      case Arithmetic unused -> List.of();
      case Literal unused -> List.of();
      case ListOperand unused -> List.of();
      case Condition unused -> List.of();
    };
  }

  private List<Proposal> arithmetic(Arithmetic sum, Operator operator, BigDecimal result) {
    List<Proposal> proposals = new ArrayList<>();
    if (!Arithmetic.isInRange(result)) {
      return proposals;
    }
    if (sum.right().value(facts) instanceof BigDecimal right && Arithmetic.isInRange(right)) {
      proposals.addAll(left(sum, operator, result, right));
    }
    if (sum.left().value(facts) instanceof BigDecimal left && Arithmetic.isInRange(left)) {
      proposals.addAll(right(sum, operator, result, left));
    }
    return proposals;
  }

  private List<Proposal> left(Arithmetic sum, Operator operator, BigDecimal result, BigDecimal b) {
    return switch (sum.operator()) {
      case '+' -> solve(sum.left(), operator, result.subtract(b, MathContext.DECIMAL128));
      case '-' -> solve(sum.left(), operator, result.add(b, MathContext.DECIMAL128));
      case '*' -> quotient(sum.left(), operator, result, b);
      case '/' ->
          solve(sum.left(), turned(operator, b), result.multiply(b, MathContext.DECIMAL128));
      default -> List.of();
    };
  }

  private List<Proposal> right(Arithmetic sum, Operator operator, BigDecimal result, BigDecimal a) {
    return switch (sum.operator()) {
      case '+' -> solve(sum.right(), operator, result.subtract(a, MathContext.DECIMAL128));
      case '-' ->
          solve(sum.right(), operator.mirrored(), a.subtract(result, MathContext.DECIMAL128));
      case '*' -> quotient(sum.right(), operator, result, a);
      default -> List.of();
    };
  }

  /** Rounded to the side on which the comparison holds. */
  private List<Proposal> quotient(
      Operand subject, Operator operator, BigDecimal result, BigDecimal factor) {
    if (factor.signum() == 0) {
      return List.of();
    }
    Operator turned = turned(operator, factor);
    BigDecimal exact = result.divide(factor, MathContext.DECIMAL128);
    boolean isUpper = turned == Operator.LESS || turned == Operator.AT_MOST;
    BigDecimal rounded =
        exact.scale() <= 6
            ? exact
            : exact.setScale(2, isUpper ? RoundingMode.FLOOR : RoundingMode.CEILING);
    return solve(subject, turned, rounded);
  }

  private static Operator turned(Operator operator, BigDecimal factor) {
    return factor.signum() < 0 ? operator.mirrored() : operator;
  }

  private List<Proposal> function(Function function, Operator operator, Object boundary) {
    if (!(function.argument() instanceof Attribute attribute)) {
      return List.of();
    }
    return switch (function.kind()) {
      case LOWER -> nearest.ofAttribute(attribute, operator, boundary);
      case LEN -> length(attribute, operator, boundary);
      case AGE -> age(attribute, operator, boundary);
    };
  }

  private List<Proposal> length(Attribute attribute, Operator operator, Object boundary) {
    List<Proposal> proposals = new ArrayList<>();
    for (Proposal length : nearest.ofAttribute(attribute, operator, boundary)) {
      if (length.value() instanceof BigDecimal number
          && number.signum() >= 0
          && Math.abs((long) number.scale()) < 100
          && number.compareTo(BigDecimal.valueOf(LONGEST)) <= 0) {
        int wanted = number.setScale(0, RoundingMode.FLOOR).intValue();
        String need = "of a length of " + (length.need() == null ? wanted : length.need());
        proposals.add(Proposal.set(attribute, ofLength(attribute.value(facts), wanted), need));
      }
    }
    return proposals;
  }

  private static Object ofLength(@Nullable Object present, int length) {
    if (present instanceof List<?> list) {
      List<Object> items = new ArrayList<>(list.subList(0, Math.min(length, list.size())));
      while (items.size() < length) {
        items.add("x");
      }
      return items;
    }
    String text = present instanceof String string ? string : "";
    int points = text.codePointCount(0, text.length());
    return points >= length
        ? text.substring(0, text.offsetByCodePoints(0, length))
        : text + "x".repeat(length - points);
  }

  private List<Proposal> age(Attribute attribute, Operator operator, Object boundary) {
    Duration age =
        switch (boundary) {
          case Duration duration -> duration;
          case String text -> DurationText.parse(text);
          default -> null;
        };
    if (age == null) {
      return List.of();
    }
    try {
      Duration wanted =
          switch (operator) {
            case EQUAL, AT_MOST, AT_LEAST -> age;
            case LESS -> age.minusSeconds(1);
            case GREATER, NOT_EQUAL -> age.plusSeconds(1);
          };
      String need = "a time " + words(operator) + DurationText.of(age) + " ago";
      return List.of(Proposal.set(attribute, facts.time().minus(wanted).toString(), need));
    } catch (DateTimeException | ArithmeticException e) {
      return List.of();
    }
  }

  private static String words(Operator operator) {
    return switch (operator) {
      case EQUAL -> "";
      case NOT_EQUAL -> "other than ";
      case LESS -> "less than ";
      case AT_MOST -> "at most ";
      case GREATER -> "more than ";
      case AT_LEAST -> "at least ";
    };
  }
}
