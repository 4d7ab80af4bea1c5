package app.meshguard.policy.document;

import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which agents a policy is for: those that match every key that is given; null where none is. */
public record AppliesTo(
    @Nullable Set<String> agentIds,
    @Nullable Set<String> roles,
    @Nullable Set<TrustTier> trustTiers,
    @Nullable Set<RiskLevel> riskLevels,
    @Nullable Set<String> tags,
    @Nullable Set<String> allTags) {
  public static final AppliesTo EVERY_AGENT = new AppliesTo(null, null, null, null, null, null);

  /** Whether an agent with these properties is meant. */
  public boolean matches(
      String id,
      String name,
      Set<String> agentRoles,
      TrustTier tier,
      @Nullable RiskLevel riskLevel,
      Set<String> agentTags) {
    return (agentIds == null || agentIds.contains(id) || agentIds.contains(name))
        && (roles == null || !Collections.disjoint(roles, agentRoles))
        && (trustTiers == null || trustTiers.contains(tier))
        && (riskLevels == null || (riskLevel != null && riskLevels.contains(riskLevel)))
        && (tags == null || !Collections.disjoint(tags, agentTags))
        && (allTags == null || agentTags.containsAll(allTags));
  }
}
