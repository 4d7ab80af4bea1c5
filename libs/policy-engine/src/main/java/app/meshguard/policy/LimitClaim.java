package app.meshguard.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One more call that must fit into a limit before it may pass. Counted per tenant, agent, policy,
 * rule and key. Names with a capital or an underscore are the engine's own: {@code
 * requestsPerMinute} of a policy, {@code risk_level} / {@code medium}.
 */
public record LimitClaim(
    String policy, String rule, @Nullable String key, long limit, Duration window) {}
