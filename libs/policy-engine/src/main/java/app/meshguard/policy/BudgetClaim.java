package app.meshguard.policy;

import app.meshguard.policy.value.DurationText;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An amount of the so much that may pass in any window of that length.
 *
 * @param amount what this call takes, never negative; of a call that is pending though it does not
 *     say its amount, the whole limit
 */
public record BudgetClaim(
    String policy,
    String rule,
    @Nullable String key,
    BigDecimal amount,
    BigDecimal limit,
    Duration window)
    implements LimitClaim {
  @Override
  public String exhaustedCode() {
    return "budget_exceeded";
  }

  @Override
  public String description() {
    return "Budget of " + limit.toPlainString() + " in " + DurationText.of(window);
  }
}
