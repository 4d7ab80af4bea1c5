package app.meshguard.audit.analytics;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Lists of a period, those with most first. */
final class Rankings {
  private Rankings() {}

  /** The agents of a period. */
  record Agents(String period, String from, String to, List<OfAgent> agents) {
    Agents {
      agents = List.copyOf(agents);
    }
  }

  /** Decisions for one agent. */
  record OfAgent(
      @Nullable String agentId,
      @Nullable String agentName,
      @Nullable String trustTier,
      long total,
      long allow,
      long deny,
      long pendingApproval,
      double denialPercent,
      @Nullable Long latencyMeanUs,
      @Nullable String lastAt) {}

  /** The policies and rules of a period. */
  record Policies(String period, String from, String to, List<OfRule> policies) {
    Policies {
      policies = List.copyOf(policies);
    }
  }

  /** Decisions by one rule; both null where no policy spoke. */
  record OfRule(
      @Nullable String policy,
      @Nullable String rule,
      long total,
      long allow,
      long deny,
      long pendingApproval,
      double denialPercent,
      @Nullable String lastAt) {}

  /** The trust tiers of a period. */
  record Tiers(String period, String from, String to, List<OfTier> tiers) {
    Tiers {
      tiers = List.copyOf(tiers);
    }
  }

  /** Agents and decisions of one tier. */
  record OfTier(
      @Schema(description = "null where the agent was not known") @Nullable String trustTier,
      @Schema(description = "Agents seen in the period whose last tier is this") long agents,
      long total,
      long allow,
      long deny,
      long pendingApproval,
      @Schema(description = "Of 100 decisions") double sharePercent) {}

  /** Who handed on to whom in a period. */
  record Delegations(String period, String from, String to, List<Delegation> delegations) {
    Delegations {
      delegations = List.copyOf(delegations);
    }
  }

  /** Messages from one agent to another. */
  record Delegation(
      String fromAgentId,
      @Nullable String fromAgentName,
      String toAgentId,
      @Nullable String toAgentName,
      long messages,
      @Nullable String lastAt) {}
}
