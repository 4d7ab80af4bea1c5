package app.meshguard.decision.decide;

import app.meshguard.decision.credential.Caller;
import app.meshguard.policy.Verdict;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was decided, by what and on what knowledge.
 *
 * @param verdict what the policies say, also where it is not enforced
 * @param enforced false when mode {@code audit} let pass what the policies would not
 * @param limitsTaken whether the verdict's limits were taken
 * @param retryAfterSeconds for a denial that only a limit caused
 * @param approvalId for a call that waits for a human
 */
public record Decided(
    AgentCall call,
    Caller caller,
    String decisionId,
    Verdict verdict,
    boolean enforced,
    boolean limitsTaken,
    @Nullable Long retryAfterSeconds,
    @Nullable String approvalId,
    long bundleAgeMs,
    Instant at,
    @Nullable Map<String, Object> explanation) {}
