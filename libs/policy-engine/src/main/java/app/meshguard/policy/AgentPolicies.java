package app.meshguard.policy;

import app.meshguard.policy.condition.Facts;
import app.meshguard.policy.pattern.ActionPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What applies to one agent, ready to decide its calls. Immutable and thread-safe. */
public final class AgentPolicies {
  private static final Verdict SUSPENDED =
      Verdict.denied("agent_suspended", "The agent is suspended");
  private static final Verdict NO_DELEGATION =
      Verdict.denied("delegation_unavailable", "Delegation is not available");

  private final PolicySet policies;
  private final Agent agent;
  private final Map<String, Object> attributes;
  private final @Nullable List<ActionPattern> ceiling;
  private final Verdict aboveCeiling;
  private final PolicyGroup enforced;
  private final List<PolicyGroup> dryRun;
  private final VerdictWriter writer;

  AgentPolicies(PolicySet policies, Agent agent, PolicyGroup enforced, List<PolicyGroup> dryRun) {
    TenantRules tenant = policies.tenant();
    this.policies = policies;
    this.agent = agent;
    this.attributes = agent.attributes();
    List<String> patterns = tenant.ceilings().get(agent.trustTier());
    this.ceiling = patterns == null ? null : patterns.stream().map(ActionPattern::exactly).toList();
    this.aboveCeiling =
        Verdict.denied(
            "tier_ceiling", "Above the ceiling of trust tier " + agent.trustTier().text());
    this.enforced = enforced;
    this.dryRun = dryRun;
    this.writer = new VerdictWriter(enforced, AgentFloor.of(agent.riskLevel(), tenant));
  }

  public Agent agent() {
    return agent;
  }

  /**
   * The policies that apply and are enforced, each with what it inherits, of the revision that the
   * agent has, in order.
   */
  public List<PolicyRevision> enforced() {
    return enforced.policies().stream().map(CompiledPolicy::source).toList();
  }

  /** The policies that apply and only say what they would have decided. */
  public List<PolicyRevision> dryRun() {
    return dryRun.stream().map(alone -> alone.policies().getFirst().source()).toList();
  }

  /** Decides a call. */
  public Verdict evaluate(Call call) {
    if (agent.suspended()) {
      return SUSPENDED;
    }
    String action = call.action();
    if (isDelegation(action)) {
      return NO_DELEGATION;
    }
    if (ceiling != null && !isBelowCeiling(action)) {
      return aboveCeiling;
    }
    Facts facts = facts(call);
    Verdict verdict = writer.write(enforced.rule(facts), facts);
    return dryRun.isEmpty() ? verdict : DryRun.addTo(verdict, dryRun, facts);
  }

  /** Decides a call and says how: for people, it costs what it costs. */
  public Explanation explain(Call call) {
    Verdict verdict = evaluate(call);
    Facts facts = facts(call);
    List<Explanation.PolicyTrace> traces = traces(facts);
    ChangeFinder.Found found =
        verdict.effect() == Effect.DENY ? new ChangeFinder(policies, agent, call).find() : null;
    return new Explanation(
        verdict,
        traces,
        new Reasoning(facts, enforced).of(verdict),
        found == null ? null : found.change(),
        found == null ? null : found.none());
  }

  /** What became of every rule of every policy, without the search for what would change it. */
  public List<Explanation.PolicyTrace> trace(Call call) {
    return traces(facts(call));
  }

  private List<Explanation.PolicyTrace> traces(Facts facts) {
    Explainer explainer = new Explainer(facts);
    List<Explanation.PolicyTrace> traces = new ArrayList<>();
    for (CompiledPolicy policy : enforced.policies()) {
      traces.add(explainer.trace(policy, policies.group(List.of(policy))));
    }
    for (PolicyGroup alone : dryRun) {
      traces.add(explainer.trace(alone.policies().getFirst(), alone));
    }
    return traces;
  }

  Facts facts(Call call) {
    return call.facts(attributes, agent.tags());
  }

  private static boolean isDelegation(String action) {
    return action.startsWith("delegate") && (action.length() == 8 || action.charAt(8) == ':');
  }

  private boolean isBelowCeiling(String action) {
    if (ceiling == null) {
      return true;
    }
    for (int i = 0; i < ceiling.size(); i++) {
      if (ceiling.get(i).matches(action)) {
        return true;
      }
    }
    return false;
  }
}
