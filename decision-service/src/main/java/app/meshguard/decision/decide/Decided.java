package app.meshguard.decision.decide;

import app.meshguard.decision.credential.Caller;
import app.meshguard.decision.limit.LimitRequest;
import app.meshguard.policy.BudgetClaim;
import app.meshguard.policy.Verdict;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was decided, by what and on what knowledge.
 *
 * @param verdict what the policies say, also where it is not enforced
 * @param audited whether the mode is {@code audit}: recorded, and nothing is enforced
 * @param limitsTaken whether the verdict's limits were taken
 * @param retryAfterSeconds for a denial that only a limit caused; null also where waiting is in
 *     vain
 * @param approvalId for a call that waits for a human
 * @param explanation for the caller, where it asked for it
 * @param trace for the record, where the audit level asks for it: JSON
 * @param receipt a signed statement that the record is stored; null before, or where nobody asked
 */
public record Decided(
    AgentCall call,
    Caller caller,
    String decisionId,
    Verdict verdict,
    boolean audited,
    boolean limitsTaken,
    @Nullable Long retryAfterSeconds,
    @Nullable String approvalId,
    long bundleAgeMs,
    Instant at,
    @Nullable Map<String, Object> explanation,
    byte @Nullable [] trace,
    @Nullable String receipt) {

  Decided receipted(@Nullable String text) {
    return new Decided(
        call,
        caller,
        decisionId,
        verdict,
        audited,
        limitsTaken,
        retryAfterSeconds,
        approvalId,
        bundleAgeMs,
        at,
        explanation,
        trace,
        text);
  }

  /** What was taken for it. */
  LimitRequest claimed() {
    return new LimitRequest(
        decisionId, caller.tenant().tenant(), caller.agent().id(), verdict.limits());
  }

  /** Whether something was taken that can be given back. */
  public boolean tookBudget() {
    return limitsTaken && verdict.limits().stream().anyMatch(BudgetClaim.class::isInstance);
  }

  /** False when mode {@code audit} let pass what the policies would not. */
  public boolean enforced() {
    return !audited || verdict.isAllowed();
  }
}
