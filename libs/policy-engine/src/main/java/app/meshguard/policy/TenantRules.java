package app.meshguard.policy;

import app.meshguard.policy.pattern.ActionPattern;
import app.meshguard.policy.value.TrustTier;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * What a tenant sets around its policies.
 *
 * @param timezone for policies that name none
 * @param ceilings patterns of what a tier may do at most; a tier that is not in it has no ceiling
 * @param mediumRiskPerMinute how many calls a minute an agent of medium risk may make
 */
public record TenantRules(
    ZoneId timezone, Map<TrustTier, List<String>> ceilings, int mediumRiskPerMinute) {
  public static final TenantRules DEFAULT =
      new TenantRules(
          ZoneOffset.UTC,
          Map.of(TrustTier.UNTRUSTED, List.of(), TrustTier.BASIC, List.of("read:*")),
          600);

  public TenantRules {
    ceilings = Map.copyOf(ceilings);
    for (List<String> patterns : ceilings.values()) {
      for (String pattern : patterns) {
        String problem = ActionPattern.problemOf(pattern);
        if (problem != null) {
          throw new IllegalArgumentException(problem);
        }
      }
    }
    if (mediumRiskPerMinute < 1) {
      throw new IllegalArgumentException("the limit for medium risk must be at least 1");
    }
  }
}
