package app.meshguard.policy;

import app.meshguard.policy.document.Inheritance;
import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.PolicyDocument.Base;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One policy with all that it inherits, compiled: once for everybody, or where it or a base of it
 * has a canary, once for each mixture of revisions that some agent has.
 */
final class PolicyVersions {
  private final PolicyRevision policy;
  private final Map<String, PolicyRevision> all;
  private final TenantRules tenant;
  private final @Nullable CompiledPolicy everybodys;
  private final Map<List<Boolean>, CompiledPolicy> byChoice = new ConcurrentHashMap<>();

  /**
   * @param all of the tenant by name; every base is among them, and none extends itself
   */
  PolicyVersions(PolicyRevision policy, Map<String, PolicyRevision> all, TenantRules tenant) {
    this.policy = policy;
    this.all = all;
    this.tenant = tenant;
    List<Boolean> choices = new ArrayList<>();
    CompiledPolicy usual = compile(unused -> false, choices);
    boolean mayDiffer = hasCanary(policy);
    this.everybodys = mayDiffer ? null : usual;
    byChoice.put(List.copyOf(choices), usual);
  }

  String name() {
    return policy.name();
  }

  /** What an agent has of it. */
  CompiledPolicy forAgent(String agentId) {
    if (everybodys != null) {
      return everybodys;
    }
    Predicate<PolicyRevision> takesCanary =
        revision -> revision.canary() != null && revision.canary().isFor(revision.name(), agentId);
    List<Boolean> choices = new ArrayList<>();
    lineage(takesCanary, choices);
    return byChoice.computeIfAbsent(
        List.copyOf(choices), unused -> compile(takesCanary, new ArrayList<>()));
  }

  /** Whether the policy, or what it extends, is not the same for all agents. */
  private boolean hasCanary(PolicyRevision from) {
    Base base = from.document().base();
    return from.canary() != null || (base != null && hasCanary(named(base)));
  }

  private PolicyRevision named(Base base) {
    PolicyRevision found = all.get(base.name());
    if (found == null) {
      throw new IllegalStateException("the base '" + base.name() + "' was there when checked");
    }
    return found;
  }

  /**
   * The documents from the policy up to the last base, of the revisions that are chosen.
   *
   * @param choices takes for each whether it is its canary: what names the mixture
   */
  private List<PolicyDocument> lineage(
      Predicate<PolicyRevision> takesCanary, List<Boolean> choices) {
    List<PolicyDocument> lineage = new ArrayList<>();
    PolicyRevision at = policy;
    while (true) {
      Canary canary = takesCanary.test(at) ? at.canary() : null;
      PolicyDocument document = canary == null ? at.document() : canary.document();
      choices.add(canary != null);
      lineage.add(document);
      Base base = document.base();
      if (base == null) {
        return lineage;
      }
      at = named(base);
    }
  }

  private CompiledPolicy compile(Predicate<PolicyRevision> takesCanary, List<Boolean> choices) {
    List<PolicyDocument> lineage = lineage(takesCanary, choices);
    PolicyDocument whole = lineage.getLast();
    for (int i = lineage.size() - 2; i >= 0; i--) {
      whole = Inheritance.extend(lineage.get(i), whole);
    }
    Canary own = choices.getFirst() ? policy.canary() : null;
    int revision = own == null ? policy.revision() : own.revision();
    return new CompiledPolicy(new PolicyRevision(policy.name(), revision, whole), tenant);
  }
}
