package app.meshguard.policy;

import app.meshguard.policy.document.CallRates;
import app.meshguard.policy.document.PolicyDocument;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/** A policy with its rules compiled. */
final class CompiledPolicy {
  private final PolicyRevision revision;
  private final ZoneId zone;
  private final List<CompiledRule> rules;
  private final List<LimitClaim> callRates;

  CompiledPolicy(PolicyRevision revision, TenantRules tenant) {
    this.revision = revision;
    this.zone = Objects.requireNonNullElse(document().timezone(), tenant.timezone());
    this.rules = document().rules().stream().map(rule -> new CompiledRule(this, rule)).toList();
    this.callRates = document().rateLimits().stream().<LimitClaim>map(this::claim).toList();
  }

  private RateClaim claim(CallRates rate) {
    return new RateClaim(name(), rate.name(), null, rate.limit(), rate.window());
  }

  /** The policy with what it inherits. */
  PolicyRevision source() {
    return revision;
  }

  String name() {
    return revision.name();
  }

  int revision() {
    return revision.revision();
  }

  PolicyDocument document() {
    return revision.document();
  }

  ZoneId zone() {
    return zone;
  }

  List<CompiledRule> rules() {
    return rules;
  }

  List<LimitClaim> callRates() {
    return callRates;
  }

  boolean appliesTo(Agent agent) {
    return !document().isAbstract()
        && document()
            .appliesTo()
            .matches(
                agent.id(),
                agent.name(),
                agent.roles(),
                agent.trustTier(),
                agent.riskLevel(),
                agent.tags());
  }
}
