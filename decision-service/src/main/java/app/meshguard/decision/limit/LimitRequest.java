package app.meshguard.decision.limit;

import app.meshguard.policy.BudgetClaim;
import app.meshguard.policy.LimitClaim;
import app.meshguard.policy.RateClaim;
import app.meshguard.wire.TenantId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All limits that one decision still has to take: all of them, or none. */
public record LimitRequest(
    String decisionId, TenantId tenant, String agentId, List<LimitClaim> claims) {
  public LimitRequest {
    claims = strictest(claims);
  }

  /** Of limits that count by the same, the smallest includes the others. */
  private static List<LimitClaim> strictest(List<LimitClaim> claims) {
    if (claims.size() < 2) {
      return List.copyOf(claims);
    }
    Map<List<Object>, LimitClaim> byCount = new LinkedHashMap<>();
    for (LimitClaim claim : claims) {
      List<Object> counted =
          List.of(
              claim.getClass(),
              claim.policy(),
              claim.rule(),
              Optional.ofNullable(claim.key()),
              claim.window());
      byCount.merge(counted, claim, LimitRequest::stricter);
    }
    return List.copyOf(byCount.values());
  }

  private static LimitClaim stricter(LimitClaim a, LimitClaim b) {
    if (a instanceof RateClaim x && b instanceof RateClaim y) {
      return x.limit() <= y.limit() ? x : y;
    }
    return a instanceof BudgetClaim x
            && b instanceof BudgetClaim y
            && y.limit().compareTo(x.limit()) < 0
        ? y
        : a;
  }
}
