package app.meshguard.policy.condition;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decimal arithmetic to 34 digits; what is out of range, or divided by zero, is missing. */
record Arithmetic(Operand left, char operator, Operand right) implements Operand {
  private static final int MAX_EXPONENT = 6_144;
  private static final int MAX_DIGITS = 1_000;

  @Override
  public @Nullable Object value(Facts facts) {
    if (!(left.value(facts) instanceof BigDecimal a)
        || !(right.value(facts) instanceof BigDecimal b)
        || !isInRange(a)
        || !isInRange(b)) {
      return null;
    }
    BigDecimal result = compute(a, b);
    return result != null && isInRange(result) ? result : null;
  }

  private @Nullable BigDecimal compute(BigDecimal a, BigDecimal b) {
    return switch (operator) {
      case '+' -> a.add(b, MathContext.DECIMAL128);
      case '-' -> a.subtract(b, MathContext.DECIMAL128);
      case '*' -> a.multiply(b, MathContext.DECIMAL128);
      case '/' -> b.signum() == 0 ? null : a.divide(b, MathContext.DECIMAL128);
      default -> throw new IllegalStateException("no operator " + operator);
    };
  }

  /** Whether it can be computed with, and what comes out can. */
  static boolean isInRange(BigDecimal number) {
    int digits = number.precision();
    long exponent = (long) digits - number.scale() - 1;
    return digits <= MAX_DIGITS
        && (number.signum() == 0 || Math.abs(exponent) <= MAX_EXPONENT)
        && Math.abs((long) number.scale()) <= 2L * MAX_EXPONENT;
  }

  @Override
  public List<Operand> parts() {
    return List.of(left, right);
  }
}
