package app.meshguard.decision.approval;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits for a human.
 *
 * @param agentId whose call it is
 * @param resource what it is about; of a resource that is an object, its id
 * @param policyRevision 0 when no policy decided
 * @param reason why it waits: as the rule's author gave it, where one did
 * @param approvers who may approve, as the rule says
 * @param expiresAt from then on it is denied
 */
public record Approval(
    String agentId,
    String decisionId,
    String action,
    @Nullable String resource,
    @Nullable String policy,
    int policyRevision,
    @Nullable String rule,
    @Nullable String reason,
    List<String> approvers,
    Instant createdAt,
    Instant expiresAt) {
  public Approval {
    approvers = List.copyOf(approvers);
  }

  /** Whether nobody can approve it any more. */
  public boolean isExpiredAt(Instant now) {
    return !now.isBefore(expiresAt);
  }
}
