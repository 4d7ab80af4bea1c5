package app.meshguard.policy.document;

import app.meshguard.policy.condition.Conditions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a policy.
 *
 * @param name unique in its policy
 * @param actions the patterns as they were written
 * @param effect null for a rule that only adds audit settings
 * @param line where it stands, one-based
 * @param inheritedFrom the policy that it is written in; null for the one that it is a rule of
 */
public record Rule(
    String name,
    List<String> actions,
    @Nullable RuleEffect effect,
    Conditions conditions,
    @Nullable String reason,
    AuditSettings audit,
    Obligations obligations,
    int line,
    @Nullable String inheritedFrom) {
  public Rule {
    actions = List.copyOf(actions);
  }

  /** The rule as another policy inherits it. */
  Rule inherited(String newName, String from) {
    return new Rule(newName, actions, effect, conditions, reason, audit, obligations, line, from);
  }

  /** A rule in short, for lists. */
  public record Summary(
      String name, List<String> actions, @Nullable String effect, @Nullable String reason) {}

  public Summary summary() {
    return new Summary(name, actions, effect == null ? null : effect.text(), reason);
  }
}
