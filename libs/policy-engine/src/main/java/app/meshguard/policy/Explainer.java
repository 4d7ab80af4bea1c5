package app.meshguard.policy;

import app.meshguard.policy.Explanation.ConditionTrace;
import app.meshguard.policy.Explanation.PolicyTrace;
import app.meshguard.policy.Explanation.RuleState;
import app.meshguard.policy.Explanation.RuleTrace;
import app.meshguard.policy.condition.Attribute;
import app.meshguard.policy.condition.Conditions;
import app.meshguard.policy.condition.Facts;
import app.meshguard.policy.condition.Truth;
import app.meshguard.policy.document.RuleEffect;
import app.meshguard.policy.pattern.ActionPattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Walks all policies that apply, rule by rule: for people, not for the way of a decision. */
final class Explainer {
  private final Facts facts;

  Explainer(Facts facts) {
    this.facts = facts;
  }

  /**
   * @param alone the policy's group of its own
   */
  PolicyTrace trace(CompiledPolicy policy, PolicyGroup alone) {
    Ruling ruling = alone.rule(facts);
    facts.in(policy.zone());
    Candidate decider = ruling.decider() == null ? ruling.unsure() : ruling.decider();
    return new PolicyTrace(
        policy.name(),
        policy.revision(),
        policy.document().dryRun(),
        policy.document().combining().text(),
        policy.document().allowByDefault() ? "allow" : "deny",
        decider == null ? null : decider.rule().name(),
        policy.rules().stream().map(this::trace).toList());
  }

  private RuleTrace trace(CompiledRule rule) {
    RuleEffect effect = rule.effect();
    String effectText = effect == null ? null : effect.text();
    String from = rule.source().inheritedFrom();
    ActionPattern pattern = matching(rule);
    if (pattern == null) {
      return new RuleTrace(rule.name(), from, effectText, RuleState.SKIPPED, null, List.of());
    }
    return new RuleTrace(
        rule.name(),
        from,
        effectText,
        holds(rule) ? RuleState.MATCHED : RuleState.FAILED,
        pattern.text(),
        rule.source().conditions().entries().stream().map(this::trace).toList());
  }

  private @Nullable ActionPattern matching(CompiledRule rule) {
    return rule.patterns().stream()
        .filter(pattern -> pattern.matches(facts.action()))
        .findFirst()
        .orElse(null);
  }

  private boolean holds(CompiledRule rule) {
    RuleEffect effect = rule.effect();
    Truth truth = rule.test(facts);
    return effect == null ? truth != Truth.FALSE : Contest.holds(effect, truth);
  }

  private ConditionTrace trace(Conditions.Stated stated) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (Attribute attribute : stated.attributes()) {
      Object value = attribute.value(facts);
      values.put(attribute.text(), Masked.of(attribute, value));
      if (value == null) {
        missing.add(attribute.text());
      }
    }
    Truth truth = stated.condition().test(facts);
    return new ConditionTrace(
        stated.text(), truth.name().toLowerCase(Locale.ROOT), values, missing);
  }
}
