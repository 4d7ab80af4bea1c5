package app.meshguard.policy;

import app.meshguard.policy.condition.Conditions;
import app.meshguard.policy.condition.Facts;
import app.meshguard.policy.condition.Truth;
import app.meshguard.policy.document.AuditLevel;
import app.meshguard.policy.document.Obligations;
import app.meshguard.policy.document.Rule;
import app.meshguard.policy.document.RuleEffect;
import app.meshguard.policy.pattern.ActionPattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule with all that can be known before the first call. */
final class CompiledRule {
  private final CompiledPolicy policy;
  private final Rule source;
  private final Conditions conditions;
  private final @Nullable RuleEffect effect;
  private final List<ActionPattern> patterns;
  private final RuleLimits limits;
  private final AuditLevel auditLevel;
  private final List<String> notified;
  private final AuditNames auditNames;
  private final String deniedBy;
  private final String approvalBy;

  CompiledRule(CompiledPolicy policy, Rule source) {
    this.policy = policy;
    this.source = source;
    this.conditions = source.conditions();
    this.effect = source.effect();
    this.patterns = source.actions().stream().map(this::pattern).toList();
    this.limits = new RuleLimits(policy.name(), source.name(), source.conditions().limits());
    this.auditLevel =
        source.audit().level() == null ? policy.document().auditLevel() : source.audit().level();
    this.notified =
        source.audit().notified().isEmpty()
            ? policy.document().notified()
            : source.audit().notified();
    this.auditNames = new AuditNames(source.audit().context());
    this.deniedBy = "Denied by rule: " + source.name();
    this.approvalBy = "Needs a human's approval by rule: " + source.name();
  }

  private ActionPattern pattern(String written) {
    return effect != null && effect.restricts()
        ? ActionPattern.withWhatLiesBelow(written)
        : ActionPattern.exactly(written);
  }

  /** What must be taken when this rule decides. */
  List<LimitClaim> limits(Facts facts) {
    return limits.of(facts.in(policy.zone()));
  }

  /** What is shown where the rule gives no reason. */
  String message(Effect decided) {
    return switch (decided) {
      case ALLOW -> "Allowed";
      case DENY -> deniedBy;
      case PENDING_APPROVAL -> approvalBy;
    };
  }

  Truth test(Facts facts) {
    return conditions.test(facts);
  }

  CompiledPolicy policy() {
    return policy;
  }

  Rule source() {
    return source;
  }

  String name() {
    return source.name();
  }

  @Nullable RuleEffect effect() {
    return effect;
  }

  List<ActionPattern> patterns() {
    return patterns;
  }

  Obligations obligations() {
    return source.obligations();
  }

  AuditLevel auditLevel() {
    return auditLevel;
  }

  List<String> notifies() {
    return notified;
  }

  AuditNames auditNames() {
    return auditNames;
  }
}
