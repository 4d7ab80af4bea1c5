package app.meshguard.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All policies of a tenant, compiled. Immutable and thread-safe. Agents that the same policies
 * apply to share one index of them.
 */
public final class PolicySet {
  private final List<CompiledPolicy> policies;
  private final TenantRules tenant;
  private final Map<List<CompiledPolicy>, PolicyGroup> groups = new ConcurrentHashMap<>();

  private PolicySet(List<CompiledPolicy> policies, TenantRules tenant) {
    this.policies = policies;
    this.tenant = tenant;
  }

  /** Compiles the policies; their names are unique. */
  public static PolicySet compile(List<PolicyRevision> revisions, TenantRules tenant) {
    long names = revisions.stream().map(PolicyRevision::name).distinct().count();
    if (names != revisions.size()) {
      throw new IllegalArgumentException("two policies have the same name");
    }
    return new PolicySet(
        revisions.stream()
            .sorted(Comparator.comparing(PolicyRevision::name))
            .map(revision -> new CompiledPolicy(revision, tenant))
            .toList(),
        tenant);
  }

  /** What applies to an agent. Costs much more than a decision: keep it while neither changes. */
  public AgentPolicies forAgent(Agent agent) {
    List<CompiledPolicy> applicable =
        policies.stream().filter(policy -> policy.appliesTo(agent)).toList();
    return new AgentPolicies(
        agent,
        tenant,
        group(applicable.stream().filter(policy -> !policy.document().dryRun()).toList()),
        applicable.stream()
            .filter(policy -> policy.document().dryRun())
            .map(policy -> group(List.of(policy)))
            .toList());
  }

  private PolicyGroup group(List<CompiledPolicy> together) {
    return groups.computeIfAbsent(together, PolicyGroup::new);
  }

  public int size() {
    return policies.size();
  }
}
