package app.meshguard.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one call still has to take of a limit before it may pass. Counted per tenant, agent, policy,
 * rule and key. Names with a capital or an underscore are the engine's own: {@code
 * requestsPerMinute} of a policy, {@code risk_level} / {@code medium}.
 */
public sealed interface LimitClaim permits RateClaim, BudgetClaim {
  String policy();

  String rule();

  @Nullable String key();

  Duration window();

  /** The code of the denial when nothing is left: {@code rate_limited}, {@code budget_exceeded}. */
  String exhaustedCode();

  /** What is used up then, for people. */
  String description();
}
