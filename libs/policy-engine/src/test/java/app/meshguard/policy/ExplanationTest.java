package app.meshguard.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.policy.Explanation.ChangedValue;
import app.meshguard.policy.Explanation.RuleState;
import app.meshguard.policy.authoring.PolicyTests;
import app.meshguard.policy.value.TrustTier;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private static final String REFUNDS =
      """
      name: refunds
      appliesTo: {tags: [support]}
      rules:
        - action: "read:*"
          effect: allow
        - action: "write:refund"
          effect: allow
          conditions: ["request.amount <= 50", "request.password != 'x'"]
        - action: "write:refund"
          effect: deny
          conditions: ["request.amount > 50"]
          reason: Escalate
      """;

  private static Agent agent(TrustTier tier, String... tags) {
    return new Agent(
        "agent_1", "bot", tier, null, Set.of(tags), Set.of(), null, null, Map.of(), false);
  }

  private static Explanation explain(Agent agent, String action, Map<String, Object> context) {
    return CasesTest.compile(List.of(REFUNDS), TenantRules.DEFAULT)
        .forAgent(agent)
        .explain(new Call(action, null, context, PolicyTests.NOON));
  }

  @Test
  void showsEachRuleWithTheValuesItSaw() {
    Explanation explanation =
        explain(
            agent(TrustTier.VERIFIED, "support"),
            "write:refund",
            Map.of("amount", new BigDecimal("50.01"), "password", "secret"));

    List<Explanation.RuleTrace> rules = explanation.policies().getFirst().rules();
    assertEquals(
        List.of(RuleState.SKIPPED, RuleState.FAILED, RuleState.MATCHED),
        rules.stream().map(Explanation.RuleTrace::state).toList());
    assertEquals(
        Map.of("request.amount", new BigDecimal("50.01")),
        rules.get(1).conditions().getFirst().values());
    assertEquals(
        Map.of("request.password", "[redacted]"), rules.get(1).conditions().get(1).values());
    assertEquals("deny-write:refund", explanation.policies().getFirst().decidingRule());
  }

  @Test
  void saysWhichValueWasMissing() {
    Explanation explanation =
        explain(agent(TrustTier.VERIFIED, "support"), "write:refund", Map.of());

    Explanation.ConditionTrace condition =
        explanation.policies().getFirst().rules().get(2).conditions().getFirst();
    assertEquals("missing", condition.result());
    assertEquals(List.of("request.amount"), condition.missing());
  }

  @Test
  void proposesTheSmallestChangeOfTheRequest() {
    Explanation explanation =
        explain(
            agent(TrustTier.VERIFIED, "support"),
            "write:refund",
            Map.of("amount", new BigDecimal("80"), "password", "y"));

    assertEquals(
        List.of(
            new ChangedValue(
                "request.amount",
                new BigDecimal("80"),
                new BigDecimal("50"),
                "request.amount would have to be at most 50")),
        explanation.change().values());
  }

  @Test
  void proposesTheTierThatIsNeeded() {
    Explanation explanation =
        explain(agent(TrustTier.UNTRUSTED, "support"), "read:orders", Map.of());

    assertEquals(
        List.of(
            new ChangedValue(
                "agent.trust_tier",
                "untrusted",
                "basic",
                "agent.trust_tier would have to be 'basic'")),
        explanation.change().values());
    assertEquals("tier_ceiling", explanation.verdict().code());
  }

  @Test
  void proposesTheTagThatIsNeeded() {
    Explanation explanation = explain(agent(TrustTier.VERIFIED), "read:orders", Map.of());

    assertEquals("agent.tags", explanation.change().values().getFirst().attribute());
    assertEquals(List.of("support"), explanation.change().values().getFirst().to());
  }

  @Test
  void saysThatThereIsNoChangeWhereNoneIsKnown() {
    assertNull(explain(agent(TrustTier.VERIFIED, "support"), "delete:orders", Map.of()).change());
  }

  @Test
  void saysWhyTheWinnerWon() {
    String narrow =
        """
        name: narrow
        rules:
          - {action: "read:secrets", effect: deny}
          - {action: "read:*", effect: allow}
        """;
    Explanation explanation =
        CasesTest.compile(List.of(narrow), TenantRules.DEFAULT)
            .forAgent(agent(TrustTier.VERIFIED))
            .explain(new Call("read:secrets", null, Map.of(), PolicyTests.NOON));

    assertEquals(
        "rule 'deny-read:secrets' of 'narrow' is narrower than 'allow-read:*'", explanation.why());
    assertTrue(explanation.toMap().containsKey("policies"));
  }
}
