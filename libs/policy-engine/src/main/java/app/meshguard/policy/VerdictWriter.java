package app.meshguard.policy;

import app.meshguard.policy.condition.Facts;
import app.meshguard.policy.document.Obligations;
import app.meshguard.policy.document.RuleEffect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what the rules say into the verdict: defaults, the risk floor, limits and audit. */
final class VerdictWriter {
  private final PolicyGroup group;
  private final AgentFloor floor;
  private final List<LimitClaim> standingLimits;

  VerdictWriter(PolicyGroup group, AgentFloor floor) {
    this.group = group;
    this.floor = floor;
    this.standingLimits = joined(group.callRates(), floor.limits());
  }

  Verdict write(Ruling ruling, Facts facts) {
    Candidate decider = ruling.decider();
    if (decider == null) {
      return byDefault(ruling, facts);
    }
    RuleEffect effect = decider.effect();
    if (effect == RuleEffect.ALLOW) {
      Candidate unsure = ruling.unsure();
      if (unsure != null) {
        return byRule(Effect.PENDING_APPROVAL, "rule", unsure, ruling, facts);
      }
      return floor.asksForApproval(facts.action(), decider)
          ? byRule(Effect.PENDING_APPROVAL, "risk_floor", decider, ruling, facts)
          : byRule(Effect.ALLOW, "rule", decider, ruling, facts);
    }
    return effect == RuleEffect.DENY
        ? byRule(Effect.DENY, "rule", decider, ruling, facts)
        : byRule(Effect.PENDING_APPROVAL, "rule", decider, ruling, facts);
  }

  private Verdict byRule(
      Effect effect, String code, Candidate decider, Ruling ruling, Facts facts) {
    CompiledRule rule = decider.rule();
    String reason = rule.source().reason();
    return new Verdict(
        effect,
        code,
        rule.policy().name(),
        rule.policy().revision(),
        rule.name(),
        reason,
        message(effect, code, reason, rule),
        effect == Effect.DENY ? List.of() : joined(rule.limits(facts), standingLimits),
        AuditWriter.write(rule, ruling.audits(), facts),
        effect == Effect.DENY ? Obligations.NONE : group.hiding(ruling.obligationsOf(rule)),
        List.of());
  }

  private String message(Effect effect, String code, @Nullable String reason, CompiledRule rule) {
    if (code.equals("risk_floor")) {
      return floor.message();
    }
    if (reason != null) {
      return reason;
    }
    return rule.message(effect);
  }

  private Verdict byDefault(Ruling ruling, Facts facts) {
    CompiledPolicy policy = group.defaultDecider();
    Candidate unsure = ruling.unsure();
    if (policy == null) {
      return Verdict.denied("no_policy", "No policy allows " + facts.action());
    }
    if (!group.allowsByDefault()) {
      return ofDefault(
          Effect.DENY, "default", policy, "No policy allows " + facts.action(), ruling, facts);
    }
    if (unsure != null) {
      return byRule(Effect.PENDING_APPROVAL, "rule", unsure, ruling, facts);
    }
    return floor.asksForApproval(facts.action(), null)
        ? ofDefault(Effect.PENDING_APPROVAL, "risk_floor", policy, floor.message(), ruling, facts)
        : ofDefault(Effect.ALLOW, "default", policy, "Allowed by default", ruling, facts);
  }

  private Verdict ofDefault(
      Effect effect,
      String code,
      CompiledPolicy policy,
      String message,
      Ruling ruling,
      Facts facts) {
    return new Verdict(
        effect,
        code,
        policy.name(),
        policy.revision(),
        null,
        null,
        message,
        effect == Effect.DENY ? List.of() : standingLimits,
        AuditWriter.write(policy, ruling.audits(), facts),
        effect == Effect.DENY ? Obligations.NONE : group.hiding(Obligations.NONE),
        List.of());
  }

  private static List<LimitClaim> joined(List<LimitClaim> own, List<LimitClaim> standing) {
    if (own.isEmpty() || standing.isEmpty()) {
      return own.isEmpty() ? standing : own;
    }
    List<LimitClaim> all = new ArrayList<>(own);
    all.addAll(standing);
    return List.copyOf(all);
  }
}
