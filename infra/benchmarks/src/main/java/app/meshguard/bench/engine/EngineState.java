package app.meshguard.bench.engine;

import app.meshguard.bench.claims.ClaimsCall;
import app.meshguard.policy.Agent;
import app.meshguard.policy.AgentPolicies;
import app.meshguard.policy.Call;
import app.meshguard.policy.Effect;
import app.meshguard.policy.PolicyRevision;
import app.meshguard.policy.PolicySet;
import app.meshguard.policy.TenantRules;
import app.meshguard.policy.document.ParsedDocuments;
import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.PolicyDocuments;
import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A compiled policy set, an agent of it, and its calls as values of the engine. */
record EngineState(AgentPolicies policies, List<Asked> asked) {
  /** What the access profile of the examples is for. */
  private static final String NAME = "customer-support";

  private static final String ROLE = "support-tier-1";
  private static final Instant MORNING = Instant.parse("2026-11-20T10:15:30Z");

  /** A call and what must be decided of it. */
  record Asked(Call call, Effect expected) {}

  /** Throws unless the calls are decided as they must be. */
  EngineState verified() {
    for (Asked one : asked) {
      Effect effect = policies.evaluate(one.call()).effect();
      if (effect != one.expected()) {
        throw new IllegalStateException(one.call() + " was decided " + effect);
      }
    }
    return this;
  }

  Call[] calls() {
    return asked.stream().map(Asked::call).toArray(Call[]::new);
  }

  static List<PolicyRevision> parse(List<String> texts) {
    List<PolicyRevision> revisions = new ArrayList<>();
    for (String text : texts) {
      ParsedDocuments parsed = PolicyDocuments.parse(text);
      if (!parsed.errors().isEmpty()) {
        throw new IllegalStateException("A policy of the benchmark is wrong: " + parsed.errors());
      }
      for (PolicyDocument document : parsed.documents()) {
        revisions.add(new PolicyRevision(document.name(), 1, document));
      }
    }
    return revisions;
  }

  static AgentPolicies compile(List<String> texts, Set<String> tags) {
    return PolicySet.compile(parse(texts), TenantRules.DEFAULT).forAgent(agent(tags));
  }

  static Agent agent(Set<String> tags) {
    return new Agent(
        "agent_bench",
        NAME,
        TrustTier.VERIFIED,
        RiskLevel.LOW,
        tags,
        Set.of(ROLE),
        "ann@example.com",
        ClaimsCall.DEPARTMENT,
        Map.of(),
        false);
  }

  static Asked asked(ClaimsCall claims) {
    return asked(claims.action(), claims.context(), claims.allowed());
  }

  static Asked asked(String action, Map<String, Object> context, boolean allowed) {
    Map<String, Object> values = new HashMap<>();
    context.forEach((key, value) -> values.put(key, value(value)));
    return new Asked(
        new Call(action, ClaimsCall.RESOURCE, values, MORNING, Map.of(), Map.of(), Map.of()),
        allowed ? Effect.ALLOW : Effect.DENY);
  }

  private static Object value(Object plain) {
    return plain instanceof Number number ? new BigDecimal(number.toString()) : plain;
  }
}
