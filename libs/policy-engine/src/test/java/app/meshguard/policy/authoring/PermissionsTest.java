package app.meshguard.policy.authoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.policy.Agent;
import app.meshguard.policy.PolicyRevision;
import app.meshguard.policy.PolicySet;
import app.meshguard.policy.TenantRules;
import app.meshguard.policy.document.ParsedDocuments;
import app.meshguard.policy.document.PolicyDocuments;
import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PermissionsTest {
  private static final String POLICIES =
      """
      name: base
      abstract: true
      rules: [{name: look, action: "read:orders", effect: allow, conditions: ["hour  < 5"]}]
      ---
      name: clerks
      extends: base
      appliesTo: {roles: [clerk, boss], tags: [eu], trustTiers: [basic, verified]}
      rateLimits: {requestsPerMinute: 5}
      rules: [{name: pay, action: "write:payment", effect: allow, obligations: {mask: [iban]}}]
      ---
      name: everybody
      rules: [{name: no-secrets, action: "*:secret", effect: deny, reason: Secret}]
      ---
      name: named
      appliesTo: {agentIds: [bot]}
      enforcement: dry_run
      defaultEffect: allow
      rules: [{name: record, action: "*", audit: true}]
      ---
      name: others
      appliesTo: {tags: [us]}
      rules: [{action: "*", effect: allow}]
      """;

  private static Permissions permissions(TrustTier tier) {
    ParsedDocuments parsed = PolicyDocuments.parse(POLICIES);
    assertEquals(List.of(), parsed.errors());
    Agent agent =
        new Agent(
            "agent_1",
            "bot",
            tier,
            RiskLevel.MEDIUM,
            Set.of("eu", "x"),
            Set.of("clerk"),
            null,
            null,
            Map.of(),
            false);
    return Permissions.of(
        PolicySet.compile(
            parsed.documents().stream().map(d -> new PolicyRevision(d.name(), 3, d)).toList(),
            TenantRules.DEFAULT),
        agent);
  }

  @Test
  void saysWhereEachRuleComesFrom() {
    List<EffectiveRule> rules = permissions(TrustTier.VERIFIED).rules();

    assertEquals(
        List.of("pay", "look", "no-secrets", "record"),
        rules.stream().map(EffectiveRule::rule).toList());
    EffectiveRule look = rules.get(1);
    assertEquals("clerks", look.policy());
    assertEquals(3, look.revision());
    assertEquals("base", look.inheritedFrom());
    assertEquals(List.of("role clerk", "tier verified", "tag eu"), look.via());
    assertEquals(List.of("hour < 5"), look.conditions());
    assertEquals(List.of("everyone"), rules.get(2).via());
    assertEquals(List.of("name bot"), rules.get(3).via());
    assertTrue(rules.get(3).dryRun());
    assertNull(rules.get(3).effect());
  }

  @Test
  void showsWhatTheTierTakesAway() {
    Permissions basic = permissions(TrustTier.BASIC);

    assertEquals(List.of("read:*"), basic.ceiling());
    assertTrue(basic.rules().get(0).cutByCeiling());
    assertFalse(basic.rules().get(1).cutByCeiling());
    assertNull(permissions(TrustTier.VERIFIED).ceiling());
  }

  @Test
  void showsWhatHoldsForAllCalls() {
    Permissions permissions = permissions(TrustTier.VERIFIED);

    assertEquals(
        List.of("policy clerks", "risk level medium"),
        permissions.limits().stream().map(Permissions.StandingLimit::origin).toList());
    assertEquals(
        List.of("deny", "deny", "allow"),
        permissions.defaults().stream().map(Permissions.Default::effect).toList());
    Map<?, ?> floor = (Map<?, ?>) permissions.toMap().get("floor");
    assertEquals(600, floor.get("callsPerMinute"));
  }

  @Test
  void isFitForJson() {
    Map<?, ?> rule =
        (Map<?, ?>) ((List<?>) permissions(TrustTier.BASIC).toMap().get("rules")).get(0);

    assertEquals(
        Map.of(
            "policy",
            "clerks",
            "revision",
            3,
            "rule",
            "pay",
            "via",
            List.of("role clerk", "tier basic", "tag eu"),
            "effect",
            "allow",
            "actions",
            List.of("write:payment"),
            "obligations",
            Map.of("mask", List.of("iban")),
            "cutByCeiling",
            true),
        rule);
  }
}
