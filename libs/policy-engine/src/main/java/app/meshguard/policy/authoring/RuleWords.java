package app.meshguard.policy.authoring;

import app.meshguard.policy.condition.Conditions.Stated;
import app.meshguard.policy.document.Rule;
import app.meshguard.policy.document.RuleEffect;
import java.util.List;

/** Says in a line what a rule says. */
final class RuleWords {
  private RuleWords() {}

  static String of(Rule rule) {
    String when = rule.conditions().entries().isEmpty() ? "" : " when " + conditions(rule);
    return effect(rule) + " " + String.join(", ", rule.actions()) + when;
  }

  /** The effect as it is written, or that there is none. */
  static String effect(Rule rule) {
    RuleEffect effect = rule.effect();
    return effect == null ? "record" : effect.text();
  }

  static List<String> conditionTexts(Rule rule) {
    return rule.conditions().entries().stream()
        .map(Stated::text)
        .map(text -> text.replaceAll("\\s+", " "))
        .toList();
  }

  static String conditions(Rule rule) {
    return String.join(" and ", conditionTexts(rule));
  }
}
