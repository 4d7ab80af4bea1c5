package app.meshguard.policy;

import app.meshguard.policy.value.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One more call of the so many that may pass in any window of that length. */
public record RateClaim(
    String policy, String rule, @Nullable String key, long limit, Duration window)
    implements LimitClaim {
  @Override
  public String exhaustedCode() {
    return "rate_limited";
  }

  @Override
  public String description() {
    return "Limit of " + limit + " in " + DurationText.of(window);
  }
}
