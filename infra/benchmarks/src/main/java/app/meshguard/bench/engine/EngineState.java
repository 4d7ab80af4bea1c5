package app.meshguard.bench.engine;

import app.meshguard.bench.claims.ClaimsCall;
import app.meshguard.bench.claims.ClaimsPolicy;
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
final class EngineState {
  /** Calls in a round; four of five are the policy's own, the fifth names an action of its own. */
  private static final int CALLS = 5 * 2_048;

  /** Its context has an amount, which the conditions of the many rules ask for. */
  private static final int SMALL_CLAIM = 1;

  private EngineState() {}

  static PolicySet compile(int moreRules) {
    List<PolicyRevision> revisions = new ArrayList<>();
    List<String> texts = new ArrayList<>(ManyRules.documents(moreRules));
    texts.add(ClaimsPolicy.text());
    for (String text : texts) {
      ParsedDocuments parsed = PolicyDocuments.parse(text);
      if (!parsed.errors().isEmpty()) {
        throw new IllegalStateException("A policy of the benchmark is wrong: " + parsed.errors());
      }
      for (PolicyDocument document : parsed.documents()) {
        revisions.add(new PolicyRevision(document.name(), 1, document));
      }
    }
    return PolicySet.compile(revisions, TenantRules.DEFAULT);
  }

  static AgentPolicies claimsAgent(PolicySet set) {
    return set.forAgent(
        new Agent(
            "agent_bench",
            "claims-bot",
            TrustTier.VERIFIED,
            RiskLevel.LOW,
            Set.copyOf(ClaimsCall.TAGS),
            Set.of(),
            "ann@example.com",
            ClaimsCall.DEPARTMENT,
            Map.of(),
            false));
  }

  /**
   * The claims calls, and among them calls of thousands of different actions: half of them are
   * known to a rule of the many, half to none, so that no memory of past actions helps.
   */
  static Call[] calls() {
    Call[] calls = new Call[CALLS];
    int other = 0;
    for (int i = 0; i < CALLS; i++) {
      int turn = i % ClaimsCall.MIX.size();
      ClaimsCall claims = ClaimsCall.MIX.get(turn);
      boolean others = turn == ClaimsCall.MIX.size() - 1;
      calls[i] =
          others
              ? call(otherAction(other++), ClaimsCall.MIX.get(SMALL_CLAIM))
              : call(claims.action(), claims);
    }
    return calls;
  }

  /** Throws unless the claims calls are decided as they must be. */
  static void verify(AgentPolicies policies) {
    for (ClaimsCall claims : ClaimsCall.MIX) {
      Effect effect = policies.evaluate(call(claims.action(), claims)).effect();
      if ((effect == Effect.ALLOW) != claims.allowed()) {
        throw new IllegalStateException(claims.name() + " was decided " + effect);
      }
    }
  }

  private static String otherAction(int n) {
    return n % 2 == 0 ? ManyRules.actionOf(n / 2 * 7 % ManyRules.COUNT) : "read:unknown_" + n;
  }

  private static Call call(String action, ClaimsCall claims) {
    Map<String, Object> context = new HashMap<>();
    claims.context().forEach((key, value) -> context.put(key, value(value)));
    return new Call(
        action,
        ClaimsCall.RESOURCE,
        context,
        Instant.parse("2026-11-20T10:15:30Z"),
        Map.of(),
        Map.of(),
        Map.of());
  }

  private static Object value(Object plain) {
    return plain instanceof Number number ? new BigDecimal(number.toString()) : plain;
  }
}
