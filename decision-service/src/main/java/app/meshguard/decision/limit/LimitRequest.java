package app.meshguard.decision.limit;

import app.meshguard.policy.LimitClaim;
import app.meshguard.wire.TenantId;
import java.util.List;

/** All limits that one decision still has to take: all of them, or none. */
public record LimitRequest(
    String decisionId, TenantId tenant, String agentId, List<LimitClaim> claims) {
  public LimitRequest {
    claims = List.copyOf(claims);
  }
}
