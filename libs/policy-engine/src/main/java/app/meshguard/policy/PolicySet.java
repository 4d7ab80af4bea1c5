package app.meshguard.policy;

import app.meshguard.policy.document.PolicyDocument;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All policies of a tenant, compiled. Immutable and thread-safe. Agents that the same policies
 * apply to share one index of them.
 */
public final class PolicySet {
  private final List<PolicyVersions> policies;
  private final TenantRules tenant;
  private final Map<List<CompiledPolicy>, PolicyGroup> groups = new ConcurrentHashMap<>();

  private PolicySet(List<PolicyVersions> policies, TenantRules tenant) {
    this.policies = policies;
    this.tenant = tenant;
  }

  /**
   * What is wrong with documents only when all of a tenant are seen together: an {@code extends}
   * that names no policy, or runs in a circle. Several documents of one name are revisions of one
   * policy, of which each may be in force.
   */
  public static List<PolicyDocumentProblem> check(Collection<PolicyDocument> together) {
    return Bases.problems(together);
  }

  /**
   * Compiles the policies; their names are unique.
   *
   * @throws IllegalArgumentException when {@link #check} finds something, naming it
   */
  public static PolicySet compile(List<PolicyRevision> revisions, TenantRules tenant) {
    long names = revisions.stream().map(PolicyRevision::name).distinct().count();
    if (names != revisions.size()) {
      throw new IllegalArgumentException("two policies have the same name");
    }
    List<PolicyDocumentProblem> problems = check(documents(revisions));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "the policies do not fit together: "
              + String.join("; ", problems.stream().map(Object::toString).toList()));
    }
    Map<String, PolicyRevision> all =
        revisions.stream().collect(Collectors.toMap(PolicyRevision::name, r -> r));
    return new PolicySet(
        revisions.stream()
            .sorted(Comparator.comparing(PolicyRevision::name))
            .map(revision -> new PolicyVersions(revision, all, tenant))
            .toList(),
        tenant);
  }

  private static List<PolicyDocument> documents(List<PolicyRevision> revisions) {
    List<PolicyDocument> documents = new ArrayList<>();
    for (PolicyRevision revision : revisions) {
      documents.add(revision.document());
      if (revision.canary() != null) {
        documents.add(revision.canary().document());
      }
    }
    return documents;
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
    for (CompiledPolicy policy : policiesOf(agent)) {
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

  /** All policies as they are for an agent, also those that do not apply to it. */
  List<CompiledPolicy> policiesOf(Agent agent) {
    return policies.stream().map(policy -> policy.forAgent(agent.id())).toList();
  }

  /** What the tenant sets around its policies. */
  public TenantRules tenant() {
    return tenant;
  }

  public int size() {
    return policies.size();
  }
}
