package app.meshguard.policy;

import app.meshguard.policy.condition.Condition;
import app.meshguard.policy.condition.Conditions;
import app.meshguard.policy.condition.Facts;
import app.meshguard.policy.condition.Proposal;
import app.meshguard.policy.condition.Remedy;
import app.meshguard.policy.document.AppliesTo;
import app.meshguard.policy.document.RuleEffect;
import app.meshguard.policy.pattern.ActionPattern;
import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Thinks of what would take away the one thing that keeps a call from being allowed. */
final class Repairs {
  private final PolicySet policies;
  private final Agent agent;
  private final Facts facts;
  private final Remedy remedy;
  private final List<Repair> found = new ArrayList<>();

  /**
   * Changes to make together.
   *
   * @param joins whether they make one more policy apply
   */
  record Repair(List<Step> steps, boolean joins) {}

  Repairs(PolicySet policies, Agent agent, Facts facts) {
    this.policies = policies;
    this.agent = agent;
    this.facts = facts;
    this.remedy = new Remedy(facts);
  }

  /**
   * Alternatives.
   *
   * @param mayJoin whether one more policy may be made to apply: one is enough to allow a call
   */
  List<Repair> of(Verdict verdict, boolean mayJoin) {
    switch (verdict.code()) {
      case "tier_ceiling" -> raiseTier();
      case "risk_floor" -> lowerRisk();
      case "default", "no_policy" -> allow(mayJoin);
      case "rule" -> undo(verdict);
      default -> {
        // a suspended agent is taken as active, and nobody may delegate: no change to think of
      }
    }
    return found;
  }

  private void raiseTier() {
    List<TrustTier> tiers =
        Arrays.stream(TrustTier.values()).filter(tier -> mayReach(tier, facts.action())).toList();
    new Attachment(agent, AppliesTo.EVERY_AGENT)
        .tiers(tiers)
        .forEach(tier -> add(List.of(tier), ZoneOffset.UTC));
  }

  private boolean mayReach(TrustTier tier, String action) {
    List<String> ceiling = policies.tenant().ceilings().get(tier);
    return ceiling == null
        || ceiling.stream().anyMatch(pattern -> ActionPattern.exactly(pattern).matches(action));
  }

  private void lowerRisk() {
    RiskLevel now = agent.riskLevel();
    for (RiskLevel level : RiskLevel.values()) {
      if (now != null && level.compareTo(now) < 0) {
        add(List.of(Proposal.set(Attachment.RISK, level.text())), ZoneOffset.UTC);
      }
    }
  }

  /** Some rule that allows the action has to hold, or a policy that has one has to apply. */
  private void allow(boolean mayJoin) {
    for (CompiledPolicy policy : policies.policiesOf(agent)) {
      if (policy.document().dryRun() || policy.document().isAbstract()) {
        continue;
      }
      if (policy.appliesTo(agent)) {
        holdAllowingRules(policy);
      } else if (mayJoin && couldAllow(policy)) {
        new Attachment(agent, policy.document().appliesTo())
            .joining()
            .forEach(way -> add(way, policy.zone(), true));
      }
    }
  }

  private boolean couldAllow(CompiledPolicy policy) {
    return policy.document().allowByDefault()
        || policy.rules().stream()
            .anyMatch(rule -> rule.effect() == RuleEffect.ALLOW && matches(rule));
  }

  private boolean matches(CompiledRule rule) {
    return rule.patterns().stream().anyMatch(pattern -> pattern.matches(facts.action()));
  }

  private void holdAllowingRules(CompiledPolicy policy) {
    for (CompiledRule rule : policy.rules()) {
      if (rule.effect() == RuleEffect.ALLOW && matches(rule)) {
        change(rule, true);
      }
    }
  }

  /** The rule that stands in the way has to give way, or its policy not to apply. */
  private void undo(Verdict verdict) {
    CompiledPolicy policy = named(verdict.policy());
    if (policy == null) {
      return;
    }
    policy.rules().stream()
        .filter(rule -> rule.name().equals(verdict.rule()))
        .forEach(rule -> change(rule, false));
    holdAllowingRules(policy);
    new Attachment(agent, policy.document().appliesTo())
        .leaving()
        .forEach(way -> add(way, policy.zone()));
  }

  private @Nullable CompiledPolicy named(@Nullable String name) {
    return policies.policiesOf(agent).stream()
        .filter(policy -> policy.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private void change(CompiledRule rule, boolean wanted) {
    List<Conditions.Stated> entries = rule.source().conditions().entries();
    if (entries.isEmpty()) {
      return;
    }
    Condition all = Conditions.all(entries.stream().map(Conditions.Stated::condition).toList());
    facts.in(rule.policy().zone());
    remedy.toBecome(wanted, all).forEach(way -> add(way, rule.policy().zone()));
  }

  private void add(List<Proposal> way, ZoneId zone) {
    add(way, zone, false);
  }

  private void add(List<Proposal> way, ZoneId zone, boolean joins) {
    if (!way.isEmpty()) {
      found.add(new Repair(way.stream().map(proposal -> new Step(proposal, zone)).toList(), joins));
    }
  }
}
