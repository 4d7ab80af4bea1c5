package app.meshguard.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

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
    return forAgent(agent, this::group);
  }

  /** The same for an agent that only might be: nothing of it is kept. */
  AgentPolicies forTrial(Agent agent) {
    return forAgent(
        agent,
        together -> {
          PolicyGroup kept = groups.get(together);
          return kept == null ? new PolicyGroup(together) : kept;
        });
  }

  private AgentPolicies forAgent(
      Agent agent, Function<List<CompiledPolicy>, PolicyGroup> grouping) {
    List<CompiledPolicy> enforced = new ArrayList<>();
    List<PolicyGroup> dryRun = new ArrayList<>();
    for (CompiledPolicy policy : policies) {
      if (policy.appliesTo(agent)) {
        if (policy.document().dryRun()) {
          dryRun.add(grouping.apply(List.of(policy)));
        } else {
          enforced.add(policy);
        }
      }
    }
    return new AgentPolicies(
        this, agent, grouping.apply(List.copyOf(enforced)), List.copyOf(dryRun));
  }

  PolicyGroup group(List<CompiledPolicy> together) {
    return groups.computeIfAbsent(together, PolicyGroup::new);
  }

  List<CompiledPolicy> policies() {
    return policies;
  }

  TenantRules tenant() {
    return tenant;
  }

  public int size() {
    return policies.size();
  }
}
