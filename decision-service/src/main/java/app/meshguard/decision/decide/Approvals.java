package app.meshguard.decision.decide;

import app.meshguard.decision.approval.Approval;
import app.meshguard.policy.Verdict;
import app.meshguard.policy.document.Obligations;
import app.meshguard.policy.value.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the approval that a pending decision waits for. */
final class Approvals {
  /** How long a call waits when its rule does not say. */
  private static final Duration USUAL = Duration.ofHours(1);

  private Approvals() {}

  static Approval of(
      AgentCall call, String agentId, String decisionId, Verdict verdict, Instant at) {
    Obligations obligations = verdict.obligations();
    Duration wait = Objects.requireNonNullElse(obligations.expiresIn(), USUAL);
    // The id of an approval is recorded: what a record must not hold, it must not hold either.
    return new Approval(
        agentId,
        decisionId,
        Redaction.of(call.action()),
        nameOf(call.resource()),
        verdict.policy(),
        verdict.policyRevision(),
        verdict.rule(),
        Objects.requireNonNullElse(verdict.reason(), verdict.message()),
        obligations.approvers(),
        at,
        at.plus(wait));
  }

  private static @Nullable String nameOf(@Nullable Object resource) {
    Object name = resource instanceof Map<?, ?> object ? object.get("id") : resource;
    return name instanceof String text ? Redaction.of(text) : null;
  }
}
