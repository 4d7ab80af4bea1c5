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
 */
public record Rule(
    String name,
    List<String> actions,
    @Nullable RuleEffect effect,
    Conditions conditions,
    @Nullable String reason,
    AuditSettings audit,
    Obligations obligations,
    int line) {
  public Rule {
    actions = List.copyOf(actions);
  }

  /** A rule in short, for lists. */
  public record Summary(
      String name, List<String> actions, @Nullable String effect, @Nullable String reason) {}

  public Summary summary() {
    return new Summary(name, actions, effect == null ? null : effect.text(), reason);
  }
}
