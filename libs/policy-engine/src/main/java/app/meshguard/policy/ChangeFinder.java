package app.meshguard.policy;

import app.meshguard.policy.Explanation.Change;
import app.meshguard.policy.Explanation.ChangedValue;
import app.meshguard.policy.condition.Attribute;
import app.meshguard.policy.condition.Condition;
import app.meshguard.policy.condition.Conditions;
import app.meshguard.policy.condition.Facts;
import app.meshguard.policy.condition.Proposal;
import app.meshguard.policy.condition.Remedy;
import app.meshguard.policy.condition.Truth;
import app.meshguard.policy.document.RuleEffect;
import app.meshguard.policy.value.TrustTier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the smallest change of the request or the agent that would have been allowed. Each
 * guess is tried: what is returned is allowed by the same policies.
 */
final class ChangeFinder {
  private static final int MOST_TRIES = 64;

  private final PolicySet policies;
  private final Agent agent;
  private final Call call;
  private final Facts facts;

  ChangeFinder(PolicySet policies, Agent agent, Call call, Facts facts) {
    this.policies = policies;
    this.agent = agent;
    this.call = call;
    this.facts = facts;
  }

  /** Null when no change was found. */
  @Nullable Change find() {
    return guesses().stream()
        .sorted(Comparator.comparingInt(List::size))
        .limit(MOST_TRIES)
        .filter(this::isAllowedWith)
        .findFirst()
        .map(this::change)
        .orElse(null);
  }

  private Set<List<Proposal>> guesses() {
    Set<List<Proposal>> guesses = new LinkedHashSet<>();
    if (agent.suspended()) {
      guesses.add(List.of());
    }
    Remedy remedy = new Remedy(facts);
    for (CompiledPolicy policy : policies.policiesOf(agent)) {
      if (policy.appliesTo(agent)) {
        facts.in(policy.zone());
        policy.rules().forEach(rule -> addGuesses(rule, remedy, guesses));
      } else {
        addTags(policy, guesses);
      }
    }
    for (TrustTier tier : TrustTier.values()) {
      if (tier.compareTo(agent.trustTier()) > 0) {
        guesses.add(List.of(proposal("trust_tier", tier.text())));
      }
    }
    return guesses;
  }

  private static Proposal proposal(String name, Object value) {
    return new Proposal(Attribute.of(List.of("agent", name)), value);
  }

  private static void addTags(CompiledPolicy policy, Set<List<Proposal>> guesses) {
    Set<String> tags = policy.document().appliesTo().tags();
    if (tags != null) {
      tags.stream().sorted().forEach(tag -> guesses.add(List.of(proposal("tags", tag))));
    }
  }

  /** An allowing rule should hold; a restricting one should not. */
  private void addGuesses(CompiledRule rule, Remedy remedy, Set<List<Proposal>> guesses) {
    RuleEffect effect = rule.effect();
    List<Conditions.Stated> entries = rule.source().conditions().entries();
    if (effect == null
        || entries.isEmpty()
        || rule.patterns().stream().noneMatch(pattern -> pattern.matches(call.action()))) {
      return;
    }
    Condition all = Conditions.all(entries.stream().map(Conditions.Stated::condition).toList());
    boolean wanted = effect == RuleEffect.ALLOW;
    if (rule.test(facts) != (wanted ? Truth.TRUE : Truth.FALSE)) {
      guesses.addAll(remedy.toBecome(wanted, all));
    }
  }

  private boolean isAllowedWith(List<Proposal> proposals) {
    Changed changed = new Changed(agent, call);
    for (Proposal proposal : proposals) {
      if (!changed.set(proposal)) {
        return false;
      }
    }
    return policies.forTrial(changed.agent()).evaluate(changed.call()).isAllowed();
  }

  private Change change(List<Proposal> proposals) {
    List<ChangedValue> values = new ArrayList<>();
    if (agent.suspended()) {
      values.add(new ChangedValue("agent.suspended", true, false));
    }
    for (Proposal proposal : proposals) {
      Attribute attribute = proposal.attribute();
      values.add(
          new ChangedValue(
              attribute.text(),
              Masked.of(attribute, attribute.value(facts)),
              Masked.of(attribute, proposal.value())));
    }
    return new Change(values);
  }
}
