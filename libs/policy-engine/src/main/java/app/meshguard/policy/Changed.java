package app.meshguard.policy;

import app.meshguard.policy.condition.Attribute;
import app.meshguard.policy.condition.Proposal;
import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An agent and its call with other values, to see what would be decided. */
final class Changed {
  private Agent agent;
  private Call call;

  /** The agent is taken as not suspended: that is what a change is asked for. */
  Changed(Agent agent, Call call) {
    this.agent = with(agent, agent.trustTier(), agent.riskLevel(), agent.tags());
    this.call = call;
  }

  Agent agent() {
    return agent;
  }

  Call call() {
    return call;
  }

  /** False when this value cannot be changed. */
  boolean set(Proposal proposal) {
    Attribute attribute = proposal.attribute();
    return switch (attribute.root()) {
      case REQUEST -> setRequest(attribute.path(), proposal.value());
      case AGENT ->
          attribute.path().size() == 1 && setAgent(attribute.path().getFirst(), proposal.value());
      case ACTION, RESOURCE, TIME, DELEGATION, TENANT, ENV -> false;
    };
  }

  private boolean setRequest(List<String> path, Object value) {
    Map<String, Object> context = put(call.context(), path, value);
    if (context == null) {
      return false;
    }
    call =
        new Call(
            call.action(),
            call.resource(),
            context,
            call.time(),
            call.delegation(),
            call.tenant(),
            call.env());
    return true;
  }

  /** A copy with the value at the path; null where something else is in the way. */
  private static @Nullable Map<String, Object> put(Map<?, ?> map, List<String> path, Object value) {
    if (path.isEmpty()) {
      return null;
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, item) -> copy.put(String.valueOf(key), item));
    if (path.size() == 1) {
      copy.put(path.getFirst(), value);
      return copy;
    }
    Object inner = map.get(path.getFirst());
    if (inner != null && !(inner instanceof Map<?, ?>)) {
      return null;
    }
    Map<String, Object> below =
        put(inner instanceof Map<?, ?> m ? m : Map.of(), path.subList(1, path.size()), value);
    if (below != null) {
      copy.put(path.getFirst(), below);
    }
    return below == null ? null : copy;
  }

  private boolean setAgent(String name, Object value) {
    if (!(value instanceof String text)) {
      return false;
    }
    switch (name) {
      case "trust_tier" ->
          TrustTier.parse(text)
              .ifPresent(tier -> agent = with(agent, tier, agent.riskLevel(), agent.tags()));
      case "risk_level" ->
          RiskLevel.parse(text)
              .ifPresent(level -> agent = with(agent, agent.trustTier(), level, agent.tags()));
      case "tags" -> {
        Set<String> tags = new HashSet<>(agent.tags());
        tags.add(text);
        agent = with(agent, agent.trustTier(), agent.riskLevel(), tags);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static Agent with(
      Agent agent, TrustTier tier, @Nullable RiskLevel riskLevel, Set<String> tags) {
    return new Agent(
        agent.id(),
        agent.name(),
        tier,
        riskLevel,
        tags,
        agent.roles(),
        agent.owner(),
        agent.department(),
        agent.metadata(),
        false);
  }
}
