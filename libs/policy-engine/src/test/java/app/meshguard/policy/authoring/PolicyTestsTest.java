package app.meshguard.policy.authoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.policy.Agent;
import app.meshguard.policy.PolicyRevision;
import app.meshguard.policy.PolicySet;
import app.meshguard.policy.TenantRules;
import app.meshguard.policy.document.PolicyDocuments;
import app.meshguard.policy.document.PolicyProblem;
import app.meshguard.policy.value.TrustTier;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTestsTest {
  private static final String REFUNDS =
      """
      name: Refunds
      policies: |
        name: refunds
        appliesTo: {tags: [support]}
        rules:
          - {name: small, action: "write:refund", effect: allow, conditions: ["request.amount <= 50"]}
          - {name: large, action: "write:refund", effect: deny, reason: Escalate}
      agents:
        bot: {tags: [support]}
        stranger: {}
      agent: bot
      """;

  private static TestFile file(String tests) {
    PolicyTests.Parsed parsed = PolicyTests.parse(tests);
    assertEquals(List.of(), parsed.errors());
    return Objects.requireNonNull(parsed.file());
  }

  private static TestReport run(String tests) {
    TestFile file = file(tests);
    return PolicyTests.run(file, file.compile(TenantRules.DEFAULT), List.of());
  }

  private static List<String> errors(String tests) {
    return PolicyTests.parse(tests).errors().stream().map(PolicyProblem::toString).toList();
  }

  @Test
  void passesWhatIsAsExpected() {
    TestReport report =
        run(
            REFUNDS
                + """
                tests:
                  - {name: a small one, action: "write:refund", context: {amount: 50}, expect: allow, rule: small}
                  - {action: "write:refund", context: {amount: 51}, expect: deny, reason: Escalate}
                  - {agent: stranger, action: "write:refund", expect: deny, code: no_policy, policy: null}
                """);

    assertEquals(
        List.of("a small one", "2 write:refund", "3 write:refund"),
        report.cases().stream().map(TestResult::name).toList());
    assertEquals(3, report.passed(), report::toString);
    assertEquals(0, report.failed());
  }

  @Test
  void saysOfAFailureWhatDecidedAndWhyTheOtherDidNot() {
    TestReport report =
        run(
            REFUNDS
                + """
                tests:
                  - {action: "write:refund", context: {amount: 80}, expect: allow, rule: small}
                """);

    TestResult result = report.cases().getFirst();
    assertEquals(13, result.line());
    assertEquals(
        List.of("decision: expected allow but got deny", "rule: expected small but got large"),
        result.differences());
    assertEquals(
        "rule 'large' of 'refunds' is the only rule of its policy that matches and holds",
        result.why());
    assertEquals(
        List.of(
            "rule 'small' of 'refunds' did not hold: request.amount <= 50 is false with"
                + " {request.amount=80}"),
        result.notes());
    assertEquals("large", result.got().get("rule"));
    assertEquals(false, result.toMap().get("passed"));
  }

  @Test
  void testsATenantsOwnPoliciesWithItsAgents() {
    PolicySet policies =
        PolicySet.compile(
            List.of(
                new PolicyRevision(
                    "p",
                    7,
                    PolicyDocuments.parse("name: p\nrules: [{action: read, effect: allow}]")
                        .documents()
                        .getFirst())),
            TenantRules.DEFAULT);
    Agent agent =
        new Agent(
            "agent_9",
            "reporter",
            TrustTier.VERIFIED,
            null,
            Set.of(),
            Set.of(),
            null,
            null,
            Map.of(),
            false);
    TestFile file =
        file(
            """
            tests:
              - {agent: reporter, action: "read:x", expect: allow}
              - {agent: agent_9, action: "read:x", expect: allow}
              - {agent: reporte, action: "read:x", expect: allow}
            """);

    TestReport report = PolicyTests.run(file, policies, List.of(agent));

    assertTrue(file.policies().isEmpty());
    assertEquals(2, report.passed());
    assertEquals(
        List.of("there is no agent 'reporte'; did you mean 'reporter'?"),
        report.cases().get(2).differences());
  }

  @Test
  void takesTheFilesAgentWhereATestSaysLess() {
    TestReport report =
        run(
            """
            policies: |
              name: p
              appliesTo: {allTags: [support, eu], trustTiers: [trusted]}
              rules: [{action: "*", effect: allow}]
            agent: {tags: [support, eu], trust_tier: trusted}
            tests:
              - {agent: {metadata: {team: blue}}, action: read, expect: allow}
              - {agent: {tags: []}, action: read, expect: deny}
              - {agent: {suspended: true}, action: read, expect: deny, code: agent_suspended}
            """);

    assertEquals(3, report.passed(), report::toString);
  }

  @Test
  void tellsAllErrorsWithTheirPlaces() {
    assertEquals(
        List.of(
            "1:1: unknown key 'polices'; did you mean 'policies'?",
            "3:5: the test has no action; add action: verb:resource",
            "3:6: unknown key 'acton'; did you mean 'action'?",
            "3:27: 'alow' is no expect; did you mean 'allow'?",
            "4:5: the test has no action; add action: verb:resource",
            "4:5: the test expects nothing; add expect: allow, deny or pending_approval",
            "5:38: 'noon' is no time; write one like 2026-11-20T12:00:00Z",
            "6:29: 'context' must be a map, like {amount: 50}",
            "7:39: 'verifed' is no trustTier; did you mean 'verified'?"),
        errors(
            """
            polices: x
            tests:
              - {acton: read, expect: alow}
              - {}
              - {action: read, expect: deny, at: noon}
              - {action: read, context: 5, expect: deny}
              - {action: read, agent: {trustTier: verifed}, expect: deny}
            """));
  }

  @Test
  void placesErrorsOfPoliciesInTheFile() {
    assertEquals(
        List.of("4:22: unknown key 'efect'; did you mean 'effect'?"),
        errors(
            """
            policies: |
              name: p
              rules:
                - {action: read, efect: allow, effect: allow}
            tests: [{action: read, expect: allow}]
            """));
  }

  @Test
  void tellsABaseThatIsNotThere() {
    assertEquals(
        List.of("6:12: there is no policy 'bas' to extend; did you mean 'base'?"),
        errors(
            """
            policies: |
              name: base
              rules: [{action: read, effect: allow}]
              ---
              name: p
              extends: bas
              rules: [{action: read, effect: allow}]
            tests: [{action: read, expect: allow}]
            """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "tests: []",
        "tests: {}",
        "tests: [x]",
        "tests: [{action: [], expect: []}]",
        "agents: 5\ntests: [{action: a, expect: allow}]",
        "agent: []\ntests: [{action: a, expect: allow}]",
        "tenant: {ceilings: 5}\ntests: [{action: a, expect: allow}]",
        "tenant: {timezone: Mars}\ntests: [{action: a, expect: allow}]",
        "policies: {name: x}\ntests: [{action: a, expect: allow}]",
        "tests: [{action: a, expect: allow}]\ncalls: [{action: a, expect: allow}]",
        "tests: &a [{action: a, expect: allow}]",
        "tests: [{action: a, expect: allow, limits: x, audit: y}]",
        "tests: [{action: a, expect: allow, context: {a: 1, a: 2}}]",
        "tests: [{action: a, expect: allow, agent: {suspended: maybe}}]"
      })
  void refusesWhatIsNoTestFile(String text) {
    PolicyTests.Parsed parsed = PolicyTests.parse(text);

    assertNull(parsed.file());
    assertTrue(!parsed.errors().isEmpty());
  }
}
