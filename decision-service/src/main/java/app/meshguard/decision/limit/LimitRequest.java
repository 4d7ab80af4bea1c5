package app.meshguard.decision.limit;

import app.meshguard.policy.BudgetClaim;
import app.meshguard.policy.LimitClaim;
import app.meshguard.policy.RateClaim;
import app.meshguard.wire.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All limits that one decision still has to take: all of them, or none. */
public record LimitRequest(
    String decisionId, TenantId tenant, String agentId, List<LimitClaim> claims) {
  public LimitRequest {
    claims = claims.size() < 2 ? List.copyOf(claims) : strictest(claims);
  }

  /** Of rates that count by the same, the smallest includes the others; a budget stands alone. */
  private static List<LimitClaim> strictest(List<LimitClaim> claims) {
    Map<Object, LimitClaim> byCount = new LinkedHashMap<>();
    for (LimitClaim claim : claims) {
      switch (claim) {
        case RateClaim rate -> byCount.merge(countedBy(rate), rate, LimitRequest::stricter);
        case BudgetClaim budget -> byCount.put(new Object(), budget);
      }
    }
    return List.copyOf(byCount.values());
  }

  private static LimitClaim stricter(LimitClaim a, LimitClaim b) {
    return a instanceof RateClaim x && b instanceof RateClaim y && y.limit() < x.limit() ? y : a;
  }

  private static List<Object> countedBy(LimitClaim claim) {
    return List.of(claim.policy(), claim.rule(), Optional.ofNullable(claim.key()), claim.window());
  }

  /** What each claim counts by, in their order. Two budgets of one rule count for themselves. */
  List<byte[]> keys() {
    List<byte[]> keys = new ArrayList<>(claims.size());
    Map<Object, Integer> budgets = new HashMap<>();
    for (LimitClaim claim : claims) {
      int before =
          claim instanceof BudgetClaim ? budgets.merge(countedBy(claim), 1, Integer::sum) - 1 : 0;
      keys.add(LimitKey.of(tenant, agentId, claim, before));
    }
    return keys;
  }
}
