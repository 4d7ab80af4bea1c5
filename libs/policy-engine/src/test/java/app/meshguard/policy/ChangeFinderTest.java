package app.meshguard.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import app.meshguard.policy.authoring.PolicyTests;
import app.meshguard.policy.authoring.TestFile;
import app.meshguard.policy.authoring.TestFile.Described;
import app.meshguard.policy.authoring.TestFile.PolicyTest;
import app.meshguard.policy.document.ParsedDocuments;
import app.meshguard.policy.document.PolicyDocuments;
import app.meshguard.policy.value.TrustTier;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is proposed is the nearest that is allowed; where nothing is, it says why. */
class ChangeFinderTest {
  private static Explanation explain(String policies, String call) {
    String file =
        policies.indent(2).stripTrailing()
            + "\ntests:\n  - "
            + call.replace("}}", "} }").replaceFirst("\\{", "{expect: deny, ")
            + "\n";
    PolicyTests.Parsed parsed = PolicyTests.parse("policies: |\n" + file);
    assertEquals(List.of(), parsed.errors());
    TestFile tests = Objects.requireNonNull(parsed.file());
    PolicyTest test = tests.tests().getFirst();
    Agent agent = ((Described) test.caller()).agent();
    Explanation explanation =
        tests.compile(TenantRules.DEFAULT).forAgent(agent).explain(test.call());
    assertEquals(Effect.DENY, explanation.verdict().effect());
    return explanation;
  }

  private static String change(String policies, String call) {
    Explanation.Change change = explain(policies, call).change();
    return change == null
        ? "none"
        : String.join(
            "; ",
            change.values().stream()
                .map(value -> value.attribute() + " " + value.from() + " -> " + value.to())
                .toList());
  }

  private static String words(String policies, String call) {
    Explanation.Change change = explain(policies, call).change();
    assertNotNull(change);
    return String.join("; ", change.values().stream().map(v -> v.words()).toList());
  }

  private static String none(String policies, String call) {
    Explanation explanation = explain(policies, call);
    assertNull(explanation.change());
    return String.valueOf(explanation.noChange());
  }

  private static String allowIf(String condition) {
    return """
        name: p
        timezone: Europe/Berlin
        rules:
          - action: act
            effect: allow
            conditions:
              - >-
                %s
        """
        .formatted(condition);
  }

  private static String denyIf(String condition) {
    return """
        name: p
        rules:
          - {name: yes, action: act, effect: allow}
          - name: no
            action: "*:*"
            effect: deny
            conditions:
              - >-
                %s
        combining: deny-overrides
        """
        .formatted(condition);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "request.amount <= 50 | {amount: 50.01} | request.amount 50.01 -> 50",
        "request.amount < 50 | {amount: 80} | request.amount 80 -> 49",
        "request.amount < 50 | {amount: 50.01} | request.amount 50.01 -> 49.99",
        "request.risk < 0.5 | {risk: 0.7} | request.risk 0.7 -> 0.49",
        "request.amount > 10 AND request.amount < 20 | {amount: 50} | request.amount 50 -> 19",
        "request.amount > 10 AND request.amount < 20 | {} | request.amount [missing] -> 19",
        "50 >= request.amount | {amount: 51} | request.amount 51 -> 50",
        "request.amount <= 50 | {} | request.amount [missing] -> 50",
        "request.amount <= 50 | {amount: '80'} | request.amount 80 -> 50",
        "amount == 5 | {amount: 6} | amount 6 -> 5",
        "amount >= 50 AND amount != 50 | {amount: 7} | amount 7 -> 51",
        "amount * 2 <= 100 | {amount: 51} | amount 51 -> 50",
        "amount * 3 <= 100 | {amount: 51} | amount 51 -> 33.33",
        "amount + fee <= 50 | {amount: 50, fee: 2} | amount 50 -> 48",
        "100 - amount >= 40 | {amount: 70} | amount 70 -> 60",
        "len(note) <= 3 | {note: hello} | note hello -> hel",
        "len(items) == 2 | {items: [a, b, c]} | items [a, b, c] -> [a, b]",
        "lower(stage) == 'dev' | {stage: PROD} | stage PROD -> dev",
        "age(made) < '1d' | {made: '2026-11-01T00:00:00Z'} | made 2026-11-01T00:00:00Z -> 2026-11-19T12:00:01Z",
        "day < '2026-12-01' | {day: '2026-12-24'} | day 2026-12-24 -> 2026-11-30",
        "device IN ['lights', 'thermostat'] | {device: oven} | device oven -> lights",
        "NOT (device IN ['oven', 'other']) | {device: oven} | device oven -> another",
        "device NOT IN ['oven'] | {} | device [missing] -> other",
        "NOT stage == 'prod' | {stage: prod} | stage prod -> other",
        "stage != 'prod' | {stage: prod} | stage prod -> other",
        "a == 1 AND b == 2 OR c == 3 | {} | c [missing] -> 3",
        "a == 1 AND (b == 2 OR c == 3) | {c: 3} | a [missing] -> 1",
        "a == 1 AND b == 2 | {} | a [missing] -> 1; b [missing] -> 2",
        "cmd STARTS_WITH 'git ' | {cmd: push} | cmd push -> git push",
        "file ENDS_WITH '.md' | {} | file [missing] -> .md",
        "NOT cmd STARTS_WITH 'rm' | {cmd: 'rm -rf'} | cmd rm -rf -> other",
        "cmd STARTS_WITH 'a' AND cmd ENDS_WITH 'b' | {cmd: x} | cmd x -> axb",
        "note CONTAINS 'ok' | {note: well} | note well -> wellok",
        "NOT note CONTAINS 'ok' | {note: 'ok then'} | note ok then ->  then",
        "labels CONTAINS 'safe' | {labels: [new]} | labels [new] -> [new, safe]",
        "NOT labels CONTAINS 'bad' | {labels: [new, bad]} | labels [new, bad] -> [new]",
        "table MATCHES 'orders_*' | {table: users} | table users -> orders_x",
        "path MATCHES_PATH 'src/**/*.java' | {path: a} | path a -> src/x/x.java",
        "NOT host MATCHES '/^prod/' | {host: prod-1} | host prod-1 -> other",
        "cidr(ip, '10.1.0.0/16') | {ip: 192.168.0.1} | ip 192.168.0.1 -> 10.1.0.0",
        "NOT cidr(ip, '10.1.0.0/16') | {ip: 10.1.2.3} | ip 10.1.2.3 -> 192.0.2.1",
        "exists(ticket) | {} | ticket [missing] -> x",
        "exists(amount) AND amount <= 50 | {} | amount [missing] -> 50",
        "NOT exists(force) | {force: true} | force true -> [missing]",
        "confirmed | {} | confirmed [missing] -> true",
        "confirmed == true | {confirmed: false} | confirmed false -> true",
        "ticket == null | {ticket: 5} | ticket 5 -> null",
        "rate_limit(5, '1m', request.to) | {} | request.to [missing] -> x",
        "time.hour >= 18 | {} | time.hour 13 -> 18",
        "time.hour < 8 | {} | time.hour 13 -> 7",
        "time.weekday >= 6 | {} | time.weekday 5 -> 6",
        "agent.trust_tier >= 'trusted' | {} | agent.trust_tier verified -> trusted",
        "agent.risk_level <= 'medium' | {} | agent.risk_level [missing] -> low",
        "has_tag('vip') | {} | agent.tags [eu] -> [eu, vip]",
        "NOT has_tag('eu') | {} | agent.tags [eu] -> []",
        "agent.tags CONTAINS 'vip' | {} | agent.tags [eu] -> [eu, vip]",
        "'lead' IN agent.roles | {} | agent.roles [] -> [lead]",
        "agent.team == 'blue' | {} | agent.team [missing] -> blue",
        "department == agent.department | {department: legal} | department legal -> motor",
        "resource.kind == 'draft' | {} | resource.kind [missing] -> draft",
        "request.password == 'x' | {password: y} | request.password [redacted] -> [redacted]",
      })
  void makesAnAllowingRuleHold(String condition, String context, String expected) {
    String call =
        "{action: act, context: %s, agent: {tags: [eu], department: motor}}".formatted(context);
    assertEquals(expected, change(allowIf(condition), call));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "request.amount > 50 | {amount: 50.01} | request.amount 50.01 -> 50",
        "request.amount >= 50 | {amount: 50} | request.amount 50 -> 49",
        "request.amount > 50 | {} | request.amount [missing] -> 50",
        "stage == 'prod' AND NOT approved | {stage: prod, approved: false} | approved false -> true",
        "stage == 'prod' OR amount > 5 | {stage: prod, amount: 6} | stage prod -> other; amount 6 -> 5",
        "stage IN ['prod', 'live'] | {stage: live} | stage live -> other",
        "NOT exists(ticket) | {} | ticket [missing] -> x",
        "has_tag('eu') | {} | agent.tags [eu] -> []",
        "agent.trust_tier < 'privileged' | {} | agent.trust_tier verified -> privileged",
      })
  void makesADenyingRuleGiveWay(String condition, String context, String expected) {
    assertEquals(
        expected,
        change(
            denyIf(condition),
            "{action: act, context: %s, agent: {tags: [eu]}}".formatted(context)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "^(api|www)-[0-9]{2}\\.example\\.com$ api-00.example.com",
        "^[A-Z][^a-z]+\\d$ A00",
        "^(?:a|b)?c{2,3}$ cc",
        "(?i)abc none",
      })
  void findsATextThatARegularExpressionMatches(String expression, String expected) {
    String change = change(allowIf("host MATCHES '/" + expression + "/'"), "{action: act}");

    assertEquals(expected.equals("none") ? expected : "host [missing] -> " + expected, change);
  }

  @Test
  void undoesTheDenialsOfAllPolicies() {
    String policies =
        """
        name: a
        rules: [{action: act, effect: allow}]
        ---
        name: b
        rules: [{action: act, effect: deny, conditions: [amount > 100]}]
        ---
        name: c
        rules: [{action: act, effect: deny, conditions: [amount > 50]}]
        ---
        name: d
        rules: [{action: act, effect: deny, conditions: [stage == 'prod']}]
        """;

    assertEquals(
        "amount 200 -> 50; stage prod -> other",
        change(policies, "{action: act, context: {amount: 200, stage: prod}}"));
  }

  @Test
  void prefersOneChangeToTwo() {
    String policies =
        """
        name: p
        rules:
          - {action: act, effect: allow, conditions: [a == 1, b == 2]}
          - {action: act, effect: allow, conditions: [has_tag('vip')]}
        """;

    assertEquals("agent.tags [] -> [vip]", change(policies, "{action: act}"));
    assertEquals("b [missing] -> 2", change(policies, "{action: act, context: {a: 1}}"));
  }

  @Test
  void overridesADenialByANarrowerRule() {
    String policies =
        """
        name: p
        rules:
          - {action: "*", effect: deny}
          - {action: "read:public", effect: allow, conditions: [purpose == 'tax']}
        """;

    assertEquals("purpose [missing] -> tax", change(policies, "{action: 'read:public'}"));
  }

  @Test
  void raisesTheTierAndWhatItsRulesAsk() {
    String policies = allowIf("amount <= 5");

    assertEquals(
        "agent.trust_tier basic -> verified; amount 6 -> 5",
        change(policies, "{action: act, context: {amount: 6}, agent: {trustTier: basic}}"));
  }

  @Test
  void makesAPolicyApply() {
    String policies =
        """
        name: p
        appliesTo: {roles: [clerk], allTags: [eu, claims], riskLevels: [low]}
        rules: [{action: act, effect: allow}]
        """;

    assertEquals(
        "agent.roles [] -> [clerk]; agent.risk_level [missing] -> low; agent.tags [eu] -> [claims,"
            + " eu]",
        change(policies, "{action: act, agent: {tags: [eu]}}"));
  }

  @Test
  void takesAnAgentOutOfAPolicyThatDenies() {
    String policies =
        """
        name: all
        rules: [{action: act, effect: allow}]
        ---
        name: none-of-these
        appliesTo: {tags: [contractor]}
        rules: [{action: "*", effect: deny}]
        """;

    assertEquals(
        "agent.tags [contractor] -> []",
        change(policies, "{action: act, agent: {tags: [contractor]}}"));
  }

  @Test
  void asksForAnAgentThatIsNotSuspended() {
    assertEquals(
        "agent.suspended true -> false; amount 6 -> 5",
        change(
            allowIf("amount <= 5"),
            "{action: act, context: {amount: 6}, agent: {suspended: true}}"));
  }

  @Test
  void lowersTheRiskWhereOnlyTheFloorIsLeft() {
    assertEquals(
        "amount 6 -> 5; agent.risk_level critical -> low",
        change(
            allowIf("amount <= 5"),
            "{action: act, context: {amount: 6}, agent: {riskLevel: critical}}"));
  }

  @Test
  void seesThroughWhatAPolicyInherits() {
    String policies =
        """
        name: base
        abstract: true
        rules: [{name: small, action: act, effect: allow, conditions: [amount <= 5]}]
        ---
        name: team
        extends: base
        appliesTo: {tags: [team]}
        rules: [{action: act, effect: deny, conditions: [frozen]}]
        """;

    assertEquals(
        "agent.tags [] -> [team]; frozen [missing] -> false; amount 6 -> 5",
        change(policies, "{action: act, context: {amount: 6}}"));
    assertEquals(
        "base",
        explain(policies, "{action: act, agent: {tags: [team]}, context: {amount: 6}}")
            .policies()
            .getFirst()
            .rules()
            .getLast()
            .inheritedFrom());
  }

  @Test
  void takesARoleThatAnAccessProfileIsFor() {
    String policies =
        """
        role: support-tier-1
        agent: customer-support
        access: {tools: {allow: [customer-lookup]}}
        """;

    assertEquals(
        "agent.roles [] -> [support-tier-1]",
        change(policies, "{action: 'tool:customer-lookup', agent: {name: customer-support}}"));
    assertEquals(
        "no rule of any policy allows tool:email-send",
        none(policies, "{action: 'tool:email-send', agent: {name: customer-support}}"));
  }

  @Test
  void asksForWhatABudgetCounts() {
    assertEquals(
        "to [missing] -> x; amount [missing] -> 0",
        change(allowIf("budget(amount, 500, '1d', to)"), "{action: act}"));
  }

  @Test
  void findsWhatAnyOfManyPoliciesAsks() {
    StringBuilder policies = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      policies.append(
          """
          ---
          name: p%d
          appliesTo: {tags: [t%d]}
          rules: [{action: act, effect: allow, conditions: [a == %d, b == 2, c == 3]}]
          """
              .formatted(i, i, i));
    }

    assertEquals(
        "agent.tags [] -> [t0]; a [missing] -> 0; b [missing] -> 2; c [missing] -> 3",
        change(policies.toString(), "{action: act}"));
  }

  /** What is proposed is allowed, and nothing that a case says makes the search fail. */
  @TestFactory
  Stream<DynamicTest> explainsEveryCase() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/cases"))) {
      return files.sorted().toList().stream()
          .map(file -> dynamicTest(file.getFileName().toString(), () -> explainAll(file)));
    }
  }

  private static void explainAll(Path path) throws IOException {
    TestFile file =
        Objects.requireNonNull(PolicyTests.parse(Files.readString(path)).file(), path.toString());
    PolicySet policies = file.compile(TenantRules.DEFAULT);
    for (PolicyTest test : file.tests()) {
      AgentPolicies applying = policies.forAgent(((Described) test.caller()).agent());
      Explanation explanation = applying.explain(test.call());
      boolean denied = explanation.verdict().effect() == Effect.DENY;
      String told = test.name() + ": " + explanation.change() + explanation.noChange();
      assertEquals(applying.evaluate(test.call()).effect(), explanation.verdict().effect(), told);
      assertEquals(
          denied, (explanation.change() == null) != (explanation.noChange() == null), told);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a < b",
        "a > b",
        "a != b",
        "a * 3 <= b",
        "a / 3 <= b",
        "3 - a <= b",
        "a + b < 5",
        "len(note) < b",
        "len(note) > tiny",
        "a * 3 < tiny",
        "a IN list",
        "NOT (a IN list)",
        "time.hour == b",
        "age(made) > '999999999d'",
      })
  void bearsValuesOfAnySize(String condition) {
    ParsedDocuments parsed = PolicyDocuments.parse(allowIf(condition));
    PolicySet policies =
        PolicySet.compile(
            List.of(new PolicyRevision("p", 1, parsed.documents().getFirst())),
            TenantRules.DEFAULT);
    Agent agent =
        new Agent(
            "agent_1",
            "bot",
            TrustTier.VERIFIED,
            null,
            Set.of(),
            Set.of(),
            null,
            null,
            Map.of(),
            false);
    BigDecimal huge = new BigDecimal("1E+2000000000");
    Map<String, Object> context =
        Map.of(
            "a",
            huge,
            "b",
            huge,
            "tiny",
            new BigDecimal("1E-2000000000"),
            "note",
            "x",
            "list",
            Collections.nCopies(200_000, huge.negate()));

    Explanation explanation =
        policies.forAgent(agent).explain(new Call("act", null, context, PolicyTests.NOON));

    boolean denied = explanation.verdict().effect() == Effect.DENY;
    assertEquals(denied, (explanation.change() == null) != (explanation.noChange() == null));
  }

  @Test
  void saysWhatElseWouldDo() {
    String call = "{action: act, context: {amount: 80, stage: prod, device: oven, password: x}}";

    assertEquals("amount would have to be at most 50", words(allowIf("amount <= 50"), call));
    assertEquals(
        "stage would have to be anything but 'prod'", words(denyIf("stage == 'prod'"), call));
    assertEquals(
        "device would have to be one of 'lights', 'thermostat'",
        words(allowIf("device IN ['lights', 'thermostat']"), call));
    assertEquals("agent.tags would have to contain 'vip'", words(allowIf("has_tag('vip')"), call));
    assertEquals("password would have to be another", words(denyIf("password == 'x'"), call));
  }

  @Test
  void saysWhyThereIsNoChange() {
    assertEquals("no rule of any policy allows other", none(allowIf("a == 1"), "{action: other}"));
    assertEquals(
        "the rules that allow it ('allow-act' of 'p') depend on env.region, which neither the request"
            + " nor the agent sets",
        none(allowIf("env.region == 'eu'"), "{action: act}"));
    assertEquals(
        "rule 'no' of 'p' denies it by env.region, which neither the request nor the agent sets",
        none(denyIf("env.region == 'eu'"), "{action: act, env: {region: eu}}"));
    assertEquals(
        "delegation is not available to anybody",
        none(allowIf("a == 1"), "{action: 'delegate:x'}"));
    assertEquals(
        "rule 'deny-act' of 'p' denies it, and no change that was tried undoes that and is allowed",
        none("name: p\nrules: [{action: act, effect: deny}]", "{action: act}"));
  }

  @Test
  void saysWhereAHumanWouldStillHaveToApprove() {
    String policies =
        """
        name: p
        rules:
          - {action: act, effect: deny, conditions: [amount > 50]}
          - {action: act, effect: require_approval}
        """;

    assertEquals(
        "nothing makes it allowed outright: if amount would have to be at most 50, a human would"
            + " still have to approve it",
        none(policies, "{action: act, context: {amount: 80}}"));
  }
}
