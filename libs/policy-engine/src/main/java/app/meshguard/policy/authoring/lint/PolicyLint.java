package app.meshguard.policy.authoring.lint;

import app.meshguard.policy.Agent;
import app.meshguard.policy.document.AppliesTo;
import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.RuleEffect;
import app.meshguard.policy.value.NearestName;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whom a policy is for, and what it says where no rule does. */
final class PolicyLint {
  private final Findings findings;
  private final @Nullable Collection<Agent> agents;

  PolicyLint(Findings findings, @Nullable Collection<Agent> agents) {
    this.findings = findings;
    this.agents = agents;
  }

  void look(PolicyDocument document) {
    anyTag(document);
    if (document.allowByDefault()) {
      findings.ofPolicy(
          LintCode.ALLOW_ALL,
          "defaultEffect",
          "this allows every action that no rule matches; write defaultEffect: deny and allow what"
              + " is needed");
    }
    if (agents != null && !document.isAbstract()) {
      noAgents(document, agents);
    }
  }

  private void anyTag(PolicyDocument document) {
    Set<String> tags = document.appliesTo().tags();
    boolean grants =
        document.allowByDefault()
            || document.rules().stream().anyMatch(rule -> rule.effect() == RuleEffect.ALLOW);
    if (tags != null && tags.size() > 1 && grants) {
      findings.ofPolicy(
          LintCode.ANY_TAG,
          "appliesTo",
          "an agent with any one of the tags "
              + String.join(", ", new TreeSet<>(tags))
              + " gets what this allows; if it should have all of them, write allTags");
    }
  }

  private void noAgents(PolicyDocument document, Collection<Agent> all) {
    AppliesTo to = document.appliesTo();
    boolean isForSomebody =
        all.stream()
            .anyMatch(
                agent ->
                    to.matches(
                        agent.id(),
                        agent.name(),
                        agent.roles(),
                        agent.trustTier(),
                        agent.riskLevel(),
                        agent.tags()));
    if (!isForSomebody) {
      findings.ofPolicy(
          LintCode.NO_AGENTS,
          "appliesTo",
          "this is for none of the " + all.size() + " agents" + hint(to, all));
    }
  }

  private static String hint(AppliesTo to, Collection<Agent> all) {
    String tags = unknown("tag", to.tags(), all, Agent::tags);
    String allTags = unknown("tag", to.allTags(), all, Agent::tags);
    String roles = unknown("role", to.roles(), all, Agent::roles);
    String names = unknown("name", to.agentIds(), all, agent -> Set.of(agent.name(), agent.id()));
    for (String hint : List.of(tags, allTags, roles, names)) {
      if (!hint.isEmpty()) {
        return "; " + hint;
      }
    }
    return "; change appliesTo, or give an agent what it asks for";
  }

  private static String unknown(
      String what,
      @Nullable Set<String> asked,
      Collection<Agent> all,
      Function<Agent, Set<String>> has) {
    if (asked == null) {
      return "";
    }
    Set<String> known = new TreeSet<>();
    all.forEach(agent -> known.addAll(has.apply(agent)));
    return new TreeSet<>(asked)
        .stream()
            .filter(name -> !known.contains(name))
            .findFirst()
            .map(
                name -> {
                  String near = NearestName.among(name, known);
                  return "no agent has the "
                      + what
                      + " '"
                      + name
                      + (near == null ? "'" : "'; did you mean '" + near + "'?");
                })
            .orElse("");
  }
}
