package app.meshguard.policy;

import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Copies of an agent that differ in one thing. */
record AgentCopy(Agent agent) {
  Agent active() {
    return copy(agent.trustTier(), agent.riskLevel(), agent.tags(), agent.roles());
  }

  Agent with(TrustTier tier) {
    return copy(tier, agent.riskLevel(), agent.tags(), agent.roles());
  }

  Agent with(RiskLevel level) {
    return copy(agent.trustTier(), level, agent.tags(), agent.roles());
  }

  Agent withTags(Set<String> tags) {
    return copy(agent.trustTier(), agent.riskLevel(), tags, agent.roles());
  }

  Agent withRoles(Set<String> roles) {
    return copy(agent.trustTier(), agent.riskLevel(), agent.tags(), roles);
  }

  Agent withOwner(@Nullable String owner) {
    return described(owner, agent.department(), agent.metadata());
  }

  Agent withDepartment(@Nullable String department) {
    return described(agent.owner(), department, agent.metadata());
  }

  Agent withMetadata(Map<String, Object> metadata) {
    return described(agent.owner(), agent.department(), metadata);
  }

  private Agent copy(
      TrustTier tier, @Nullable RiskLevel level, Set<String> tags, Set<String> roles) {
    return new Agent(
        agent.id(),
        agent.name(),
        tier,
        level,
        tags,
        roles,
        agent.owner(),
        agent.department(),
        agent.metadata(),
        false);
  }

  private Agent described(
      @Nullable String owner, @Nullable String department, Map<String, Object> metadata) {
    return new Agent(
        agent.id(),
        agent.name(),
        agent.trustTier(),
        agent.riskLevel(),
        agent.tags(),
        agent.roles(),
        owner,
        department,
        metadata,
        agent.suspended());
  }
}
