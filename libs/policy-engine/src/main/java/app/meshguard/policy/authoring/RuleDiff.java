package app.meshguard.policy.authoring;

import app.meshguard.policy.authoring.PolicyDiff.Change;
import app.meshguard.policy.document.AuditLevel;
import app.meshguard.policy.document.Obligations;
import app.meshguard.policy.document.Rule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What changed of one rule. */
final class RuleDiff {
  private RuleDiff() {}

  static List<Change> between(Rule before, Rule after) {
    Differences rule = new Differences(PolicyDiff.named(after) + ": ", after.name());
    if (isNamed(before) && isNamed(after)) {
      rule.became("the name", before.name(), after.name());
    }
    rule.became("the effect", RuleWords.effect(before), RuleWords.effect(after));
    rule.items("the action", before.actions(), after.actions());
    rule.items("the condition", RuleWords.conditionTexts(before), RuleWords.conditionTexts(after));
    rule.became("the reason", quoted(before.reason()), quoted(after.reason()));
    rule.became("the audit level", level(before), level(after));
    rule.items("notify", before.audit().notified(), after.audit().notified());
    rule.items("audit_context", before.audit().context(), after.audit().context());
    obligations(before.obligations(), after.obligations(), rule);
    return rule.changes();
  }

  /** Names that are made from effect and action change with them: nothing to tell of its own. */
  static boolean isNamed(Rule rule) {
    String effect = rule.effect() == null ? "audit" : rule.effect().text();
    return !rule.name().startsWith(effect + "-" + rule.actions().getFirst());
  }

  private static @Nullable String quoted(@Nullable String text) {
    return text == null ? null : "'" + text + "'";
  }

  private static @Nullable String level(Rule rule) {
    AuditLevel level = rule.audit().level();
    return level == null ? null : level.text();
  }

  private static void obligations(Obligations before, Obligations after, Differences rule) {
    Map<String, Object> was = before.toMap();
    Map<String, Object> is = after.toMap();
    Set<String> keys = new TreeSet<>(was.keySet());
    keys.addAll(is.keySet());
    for (String key : keys) {
      rule.became("the obligation " + key, text(was.get(key)), text(is.get(key)));
    }
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
