package app.meshguard.policy.proof;

import app.meshguard.policy.Agent;
import app.meshguard.policy.Call;
import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** A tenant that was made up: its policies, one agent of it and the agent's calls. */
record World(List<Published> policies, Tenant tenant, Agent agent, List<Call> calls) {
  /**
   * A policy in force.
   *
   * @param document keys in camelCase, conditions as {@link Expr}
   * @param canary what a share of the agents has instead; null where there is none
   * @param percent the share
   */
  record Published(
      String name,
      int revision,
      Map<String, Object> document,
      Map<String, Object> canary,
      int percent) {}

  record Tenant(ZoneId zone, Map<TrustTier, List<String>> ceilings, Map<RiskLevel, Floor> floors) {}

  record Floor(
      Integer callsPerMinute,
      List<String> requireApproval,
      List<String> except,
      boolean exactRuleSuffices) {}
}
