package app.meshguard.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.policy.authoring.PolicyTests;
import app.meshguard.policy.document.ParsedDocuments;
import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.PolicyDocuments;
import app.meshguard.policy.value.TrustTier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PolicySetTest {
  private static List<PolicyDocument> documents(String yaml) {
    ParsedDocuments parsed = PolicyDocuments.parse(yaml);
    assertEquals(List.of(), parsed.errors());
    return parsed.documents();
  }

  private static PolicyDocument document(String yaml) {
    return documents(yaml).getFirst();
  }

  private static List<String> problems(String yaml) {
    return PolicySet.check(documents(yaml)).stream().map(Object::toString).toList();
  }

  private static Agent agent(String id) {
    return new Agent(
        id, "bot", TrustTier.VERIFIED, null, Set.of(), Set.of(), null, null, Map.of(), false);
  }

  private static Verdict decide(PolicySet set, String agentId, String action) {
    return set.forAgent(agent(agentId))
        .evaluate(new Call(action, null, Map.of(), PolicyTests.NOON));
  }

  @Test
  void namesABaseThatIsNotThere() {
    assertEquals(
        List.of("a 2:10: there is no policy 'bsae' to extend; did you mean 'base'?"),
        problems("name: a\nextends: bsae\n---\nname: base\nrules: []\n"));
    assertEquals(
        List.of(
            "a 2:10: there is no policy 'other' to extend; apply it first, or together with this"
                + " one"),
        problems("name: a\nextends: other\n"));
  }

  @Test
  void namesEachPolicyOfACircleAndNoneBelow() {
    assertEquals(
        List.of(
            "a 2:10: 'a' extends itself by way of b; remove one 'extends' of the circle",
            "b 5:10: 'b' extends itself by way of a; remove one 'extends' of the circle"),
        problems("name: a\nextends: b\n---\nname: b\nextends: a\n---\nname: below\nextends: a\n"));
    assertEquals(
        List.of("a 2:10: 'a' extends itself; remove one 'extends' of the circle"),
        problems("name: a\nextends: a\n"));
  }

  @Test
  void refusesTooManyRulesAndTooLongAChain() {
    String rules = "rules:\n" + "  - {action: a, effect: deny}\n".repeat(1_500);
    assertEquals(
        List.of(
            "a 2:10: with what it inherits the policy has 3000 rules, and at most 2,000 can be;"
                + " split it into several policies"),
        problems("name: a\nextends: b\n" + rules + "---\nname: b\n" + rules));
    StringBuilder chain = new StringBuilder("name: p0\nrules: []\n");
    for (int i = 1; i <= 33; i++) {
      chain.append("---\nname: p" + i + "\nextends: p" + (i - 1) + "\n");
    }
    assertEquals(1, problems(chain.toString()).size());
  }

  @Test
  void compileRefusesWhatDoesNotFitTogether() {
    List<PolicyRevision> revisions =
        List.of(new PolicyRevision("a", 1, document("name: a\nextends: gone\n")));

    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> PolicySet.compile(revisions, TenantRules.DEFAULT));

    assertTrue(refused.getMessage().contains("no policy 'gone' to extend"));
  }

  @Test
  void aCanaryIsForItsShareOfTheAgents() {
    Canary canary = new Canary(2, document("name: p\nrules: [{action: x, effect: deny}]"), 30);
    PolicySet set =
        PolicySet.compile(
            List.of(
                new PolicyRevision(
                    "p", 1, document("name: p\nrules: [{action: x, effect: allow}]"), canary)),
            TenantRules.DEFAULT);

    int inCanary = 0;
    for (int i = 0; i < 1_000; i++) {
      Verdict verdict = decide(set, "agent_" + i, "x");
      boolean isIn = canary.isFor("p", "agent_" + i);
      assertEquals(isIn ? Effect.DENY : Effect.ALLOW, verdict.effect());
      assertEquals(isIn ? 2 : 1, verdict.policyRevision());
      inCanary += isIn ? 1 : 0;
    }
    assertTrue(inCanary > 250 && inCanary < 350, "in the canary: " + inCanary);
  }

  /** The formula is part of what a tenant is told: SHA-256 of name, line feed and id. */
  @Test
  void theBucketOfAnAgentNeverChanges() {
    PolicyDocument document = document("name: p\nrules: []");
    assertEquals(
        List.of(false, true),
        List.of(
            new Canary(2, document, 98).isFor("p", "agent_1"),
            new Canary(2, document, 99).isFor("p", "agent_1")));
  }

  @Test
  void aCanaryOfABaseReachesWhatExtendsIt() {
    PolicyDocument base =
        document("name: base\nabstract: true\nrules: [{action: x, effect: allow}]");
    PolicyDocument next =
        document("name: base\nabstract: true\nrules: [{action: x, effect: deny}]");
    Canary canary = new Canary(5, next, 50);
    PolicySet set =
        PolicySet.compile(
            List.of(
                new PolicyRevision("base", 4, base, canary),
                new PolicyRevision("child", 7, document("name: child\nextends: base"))),
            TenantRules.DEFAULT);

    for (String id : IntStream.range(0, 40).mapToObj(i -> "agent_" + i).toList()) {
      Verdict verdict = decide(set, id, "x");
      assertEquals(canary.isFor("base", id) ? Effect.DENY : Effect.ALLOW, verdict.effect(), id);
      assertEquals("child", verdict.policy());
      assertEquals(7, verdict.policyRevision());
    }
  }

  @Test
  void agentsOfTheSameRevisionsShareTheirIndex() {
    PolicyDocument document = document("name: p\nrules: [{action: x, effect: allow}]");
    PolicySet set =
        PolicySet.compile(
            List.of(new PolicyRevision("p", 1, document, new Canary(2, document, 50))),
            TenantRules.DEFAULT);

    Map<Boolean, Set<CompiledPolicy>> compiled = new java.util.HashMap<>();
    for (int i = 0; i < 50; i++) {
      CompiledPolicy policy = set.policiesOf(agent("agent_" + i)).getFirst();
      compiled
          .computeIfAbsent(policy.revision() == 2, unused -> new java.util.HashSet<>())
          .add(policy);
    }

    assertEquals(List.of(1, 1), compiled.values().stream().map(Set::size).toList());
  }

  @Test
  void tellsWhereAnInheritedRuleIsWritten() {
    PolicySet set =
        PolicySet.compile(
            documents(
                    "name: c\nabstract: true\nrules: [{action: x, effect: allow}]\n---\nname: b\n"
                        + "abstract: true\nextends: c\n---\nname: a\nextends: b\n"
                        + "delegation: {maxDepth: 3}\nrules: [{action: y, effect: allow}]\n")
                .stream()
                .map(d -> new PolicyRevision(d.name(), 1, d))
                .toList(),
            TenantRules.DEFAULT);

    PolicyDocument whole = set.forAgent(agent("agent_1")).enforced().getFirst().document();

    assertEquals("a", whole.name());
    assertNull(whole.rules().getFirst().inheritedFrom());
    assertEquals("c", whole.rules().getLast().inheritedFrom());
    assertSame(3, whole.delegation().maxDepth());
  }

  @Test
  void aFloorThatATenantDoesNotSetIsTheUsualOne() {
    TenantRules tenant = new TenantRules(java.time.ZoneOffset.UTC, Map.of(), Map.of());

    assertEquals(TenantRules.DEFAULT.floors(), tenant.floors());
  }
}
