package app.meshguard.policy.condition;

import app.meshguard.policy.value.JsonNull;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code rate_limit(n, 'window' [, key])}. As a condition it asks only for its key, without which
 * nothing could be counted; the count itself is taken by the caller, last.
 */
public record LimitTerm(long limit, Duration window, @Nullable Operand key, String text)
    implements Condition {
  @Override
  public Truth test(Facts facts) {
    return key == null || keyText(facts) != null ? Truth.TRUE : Truth.MISSING;
  }

  /**
   * What this call is counted under besides its rule; null without a key, or when it is missing.
   */
  public @Nullable String keyText(Facts facts) {
    Object value = key == null ? null : key.value(facts);
    return switch (value) {
      case String text -> text;
      case BigDecimal number when Math.abs((long) number.scale()) < 1_000 ->
          number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
      case Boolean bool -> bool.toString();
      case JsonNull unused -> null;
      case null, default -> null;
    };
  }

  @Override
  public List<Operand> parts() {
    return key == null ? List.of() : List.of(key);
  }
}
