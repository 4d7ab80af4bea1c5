package app.meshguard.policy.condition;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code budget(amount, limit, 'window' [, key])}. */
public record BudgetTerm(
    Operand amount, BigDecimal limit, Duration window, @Nullable Operand key, String text)
    implements LimitTerm {
  /** What a sum can be kept of exactly: as many digits as arithmetic has, on either side. */
  private static final int MAX_DIGITS = 34;

  @Override
  public Truth test(Facts facts) {
    return amountOf(facts) == null || lacksKey(facts) ? Truth.MISSING : Truth.TRUE;
  }

  /** What this call takes; null when it is missing, no number, negative or out of range. */
  public @Nullable BigDecimal amountOf(Facts facts) {
    return amount.value(facts) instanceof BigDecimal number && canBeTaken(number) ? number : null;
  }

  static boolean canBeTaken(BigDecimal number) {
    return number.signum() >= 0
        && number.precision() <= MAX_DIGITS
        && Math.abs((long) number.scale()) <= MAX_DIGITS;
  }

  @Override
  public List<Operand> parts() {
    return key == null ? List.of(amount) : List.of(amount, key);
  }
}
