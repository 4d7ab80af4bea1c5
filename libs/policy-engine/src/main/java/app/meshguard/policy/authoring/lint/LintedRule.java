package app.meshguard.policy.authoring.lint;

import app.meshguard.policy.document.Rule;
import app.meshguard.policy.document.RuleEffect;
import app.meshguard.policy.pattern.ActionPattern;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A rule that decides, with its patterns as they are matched.
 *
 * @param position among the rules that decide
 */
record LintedRule(
    Rule rule, int position, RuleEffect effect, List<ActionPattern> patterns, Set<String> texts) {
  LintedRule(Rule rule, int position) {
    this(
        rule,
        position,
        Objects.requireNonNull(rule.effect()),
        patterns(rule, Objects.requireNonNull(rule.effect())),
        texts(rule));
  }

  private static List<ActionPattern> patterns(Rule rule, RuleEffect effect) {
    return rule.actions().stream()
        .map(
            written ->
                effect.restricts()
                    ? ActionPattern.withWhatLiesBelow(written)
                    : ActionPattern.exactly(written))
        .toList();
  }

  private static Set<String> texts(Rule rule) {
    Set<String> texts = new TreeSet<>();
    rule.conditions()
        .entries()
        .forEach(entry -> texts.add(entry.text().replaceAll("\\s+", " ").strip()));
    return texts;
  }

  boolean isUnconditional() {
    return texts.isEmpty();
  }

  /**
   * Whether this rule surely holds whenever the other does: it asks for nothing more, and does not
   * fail where a value is missing with which the other holds.
   */
  boolean holdsWherever(LintedRule other) {
    if (isUnconditional()) {
      return true;
    }
    boolean sure = other.effect == RuleEffect.ALLOW || effect == RuleEffect.DENY;
    return sure && other.texts.containsAll(texts);
  }

  String shown() {
    return "rule '" + rule.name() + "' (line " + rule.line() + ")";
  }
}
