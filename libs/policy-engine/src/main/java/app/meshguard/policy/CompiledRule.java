package app.meshguard.policy;

import app.meshguard.policy.condition.Conditions;
import app.meshguard.policy.condition.Facts;
import app.meshguard.policy.condition.LimitTerm;
import app.meshguard.policy.condition.Truth;
import app.meshguard.policy.document.AuditLevel;
import app.meshguard.policy.document.Obligations;
import app.meshguard.policy.document.Rule;
import app.meshguard.policy.document.RuleEffect;
import app.meshguard.policy.pattern.ActionPattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule with all that can be known before the first call. */
final class CompiledRule {
  private final CompiledPolicy policy;
  private final Rule source;
  private final Conditions conditions;
  private final @Nullable RuleEffect effect;
  private final List<ActionPattern> patterns;
  private final List<LimitClaim> fixedLimits;
  private final boolean hasKeyedLimit;
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
    this.hasKeyedLimit =
        source.conditions().limits().stream().anyMatch(limit -> limit.key() != null);
    this.fixedLimits =
        hasKeyedLimit
            ? List.of()
            : source.conditions().limits().stream().map(limit -> claim(limit, null)).toList();
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

  private LimitClaim claim(LimitTerm limit, @Nullable String key) {
    return new LimitClaim(policy.name(), name(), key, limit.limit(), limit.window());
  }

  /** What must be taken when this rule decides. A key that is missing is counted as one. */
  List<LimitClaim> limits(Facts facts) {
    if (!hasKeyedLimit) {
      return fixedLimits;
    }
    List<LimitClaim> claims = new ArrayList<>();
    for (LimitTerm limit : conditions.limits()) {
      String key = limit.keyText(facts);
      boolean lacksKey = limit.key() != null && key == null;
      claims.add(claim(limit, lacksKey ? AuditDirective.MISSING : key));
    }
    return List.copyOf(claims);
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
