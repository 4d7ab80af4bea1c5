package app.meshguard.policy.condition;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A limit, which stands as a whole condition. As one it asks only for what is to be counted; the
 * count itself is taken by the caller, last.
 */
public sealed interface LimitTerm extends Condition permits RateTerm, BudgetTerm {
  /** What it counts by besides its rule; null where it counts all calls of an agent together. */
  @Nullable Operand key();

  Duration window();

  /** The limit as it was written. */
  String text();

  /**
   * What this call is counted under besides its rule; null without a key, or when it is missing.
   */
  default @Nullable String keyText(Facts facts) {
    Operand key = key();
    Object value = key == null ? null : key.value(facts);
    return switch (value) {
      case String text -> text;
      case BigDecimal number when Math.abs((long) number.scale()) < 1_000 ->
          number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
      case Boolean bool -> bool.toString();
      case null, default -> null;
    };
  }

  /** Whether it has a key, and the call does not say it. */
  default boolean lacksKey(Facts facts) {
    return key() != null && keyText(facts) == null;
  }
}
