package app.meshguard.policy.authoring;

import app.meshguard.policy.PolicyRevision;
import app.meshguard.policy.document.Rule;
import app.meshguard.policy.document.RuleEffect;
import app.meshguard.policy.pattern.ActionPattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule that applies to an agent, and where it comes from.
 *
 * @param revision of the policy that the agent has, which may be a canary
 * @param inheritedFrom the policy that the rule is written in; null for {@code policy} itself
 * @param via what of the agent makes the policy apply, such as {@code role clerk}
 * @param effect null for a rule that only adds audit settings
 * @param cutByCeiling whether the agent's tier takes away some or all of what the rule allows
 * @param dryRun whether it only says what it would have decided
 */
public record EffectiveRule(
    String policy,
    int revision,
    String rule,
    @Nullable String inheritedFrom,
    List<String> via,
    @Nullable String effect,
    List<String> actions,
    List<String> conditions,
    @Nullable String reason,
    Map<String, Object> obligations,
    boolean cutByCeiling,
    boolean dryRun) {

  static EffectiveRule of(
      PolicyRevision policy,
      Rule rule,
      List<String> via,
      @Nullable List<String> ceiling,
      boolean dryRun) {
    RuleEffect effect = rule.effect();
    return new EffectiveRule(
        policy.name(),
        policy.revision(),
        rule.name(),
        rule.inheritedFrom(),
        via,
        effect == null ? null : effect.text(),
        rule.actions(),
        RuleWords.conditionTexts(rule),
        rule.reason(),
        rule.obligations().toMap(),
        effect == RuleEffect.ALLOW && ceiling != null && !isWithin(rule, ceiling),
        dryRun);
  }

  private static boolean isWithin(Rule rule, List<String> ceiling) {
    List<ActionPattern> most = ceiling.stream().map(ActionPattern::exactly).toList();
    return rule.actions().stream()
        .map(ActionPattern::exactly)
        .allMatch(pattern -> most.stream().anyMatch(pattern::isWithin));
  }

  /** For JSON; what is empty is left out. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("policy", policy);
    map.put("revision", revision);
    map.put("rule", rule);
    map.put("via", via);
    if (inheritedFrom != null) {
      map.put("inheritedFrom", inheritedFrom);
    }
    map.put("effect", effect == null ? "record" : effect);
    map.put("actions", actions);
    if (!conditions.isEmpty()) {
      map.put("conditions", conditions);
    }
    if (reason != null) {
      map.put("reason", reason);
    }
    if (!obligations.isEmpty()) {
      map.put("obligations", obligations);
    }
    if (cutByCeiling) {
      map.put("cutByCeiling", true);
    }
    if (dryRun) {
      map.put("dryRun", true);
    }
    return map;
  }
}
