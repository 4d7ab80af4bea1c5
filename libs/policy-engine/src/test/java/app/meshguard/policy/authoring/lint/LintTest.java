package app.meshguard.policy.authoring.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.meshguard.policy.Agent;
import app.meshguard.policy.document.ParsedDocuments;
import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.PolicyDocuments;
import app.meshguard.policy.value.TrustTier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LintTest {
  private static List<PolicyDocument> documents(String yaml) {
    ParsedDocuments parsed = PolicyDocuments.parse(yaml);
    assertEquals(List.of(), parsed.errors());
    return parsed.documents();
  }

  private static List<Finding> lint(String yaml) {
    return Lint.of(documents(yaml));
  }

  /** What is found beside denials without a reason, which short examples are full of. */
  private static List<String> codes(String yaml) {
    return lint(yaml).stream()
        .filter(finding -> finding.code() != LintCode.DENY_WITHOUT_REASON)
        .map(finding -> finding.code().text() + " " + finding.rule() + " " + finding.line())
        .toList();
  }

  private static String rules(String... rules) {
    return "name: p\nrules:\n  - " + String.join("\n  - ", rules) + "\n";
  }

  private static Agent agent(String name, Set<String> tags, Map<String, Object> metadata) {
    return new Agent(
        "agent_1", name, TrustTier.VERIFIED, null, tags, Set.of(), null, null, metadata, false);
  }

  @Test
  void findsARuleThatNeverDecides() {
    assertEquals(
        List.of("shadowed b 4"),
        codes(
            rules(
                "{name: a, action: 'read:x', effect: deny}",
                "{name: b, action: 'read:x', effect: allow, conditions: [amount > 5]}")));
    assertEquals(
        List.of("shadowed b 4"),
        codes(
            rules(
                "{name: a, action: 'read:x', effect: allow, conditions: [a == 1]}",
                "{name: b, action: 'read:x', effect: allow, conditions: [b == 2, a == 1]}")));
    assertEquals(
        List.of("shadowed b 4"),
        codes(
            rules(
                    "{name: a, action: 'read:*', effect: allow}",
                    "{name: b, action: 'read:x', effect: deny}")
                + "combining: first-match\n"));
    assertEquals(
        List.of("shadowed a 3"),
        codes(
            rules(
                    "{name: a, action: 'read:x', effect: allow}",
                    "{name: b, action: 'read:*', effect: deny}")
                + "combining: deny-overrides\n"));
  }

  @Test
  void leavesRulesThatDecideSometimes() {
    assertEquals(
        List.of(),
        codes(
            rules(
                "{name: a, action: 'read:x', effect: allow}",
                "{name: b, action: 'read:x', effect: deny}")),
        "the denial covers what lies below too");
    assertEquals(
        List.of(),
        codes(
            rules(
                "{name: a, action: 'read:x', effect: allow, conditions: [amount <= 5]}",
                "{name: b, action: 'read:x', effect: deny, conditions: [amount > 5]}")));
    assertEquals(
        List.of(),
        codes(
            rules(
                "{name: a, action: 'read:x', effect: allow, conditions: [amount <= 5]}",
                "{name: b, action: 'read:x', effect: deny, conditions: [amount <= 5, other]}")),
        "where the amount is missing only the denial holds");
    assertEquals(
        List.of(),
        codes(
            rules(
                "{name: a, action: 'read:x', effect: allow}",
                "{name: b, actions: ['read:x', 'read:y'], effect: allow}")));
  }

  @Test
  void findsAConditionThatABroaderAllowMakesIdle() {
    assertEquals(
        List.of("idle-condition b 4"),
        codes(
            rules(
                "{name: a, action: 'read:*', effect: allow}",
                "{name: b, action: 'read:x', effect: allow, conditions: [amount <= 5]}")));
    assertEquals(
        List.of(),
        codes(
            rules(
                "{name: a, action: 'read:*', effect: allow}",
                "{name: b, action: 'read:x', effect: allow, conditions: [\"rate_limit(5, '1m')\"]}")));
    assertEquals(
        List.of(),
        codes(
                rules(
                    "{name: d, action: '*:x', effect: deny}",
                    "{name: a, action: 'read:*', effect: allow}",
                    "{name: b, action: 'read:x', effect: allow, conditions: [amount <= 5]}"))
            .stream()
            .filter(code -> code.startsWith("idle"))
            .toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x > 5 AND x < 3",
        "x > 5 AND x <= 5",
        "x == 5 AND x != 5",
        "x == 'a' AND x == 'b'",
        "x == 'a' AND x == 5",
        "x == 5 AND x > 6",
        "x IN []",
        "x IN ['a', 'b'] AND x == 'c'",
        "x IN ['a'] AND x NOT IN ['a', 'b']",
        "request.x == 1 AND x == 2",
        "time.hour > 24",
        "time.hour > 23",
        "time.hour == 24",
        "time.weekday < 1",
        "time.hour > 22 AND time.hour < 7",
        "time.hour > 5 AND time.hour < 6",
        "agent.trust_tier < 'untrusted'",
        "agent.trust_tier > 'basic' AND agent.trust_tier <= 'basic'",
        "day > '2026-02-01' AND day < '2026-01-01'",
        "age(made) > '10d' AND age(made) < '2d'",
        "len(note) < 0",
        "exists(x) AND NOT exists(x)",
        "has_tag('a') AND NOT has_tag('a')",
        "ok AND NOT ok",
        "NOT (x < 5 OR x >= 5)",
        "x > 5 AND (x < 3 OR x == 4)",
        "1 > 2",
        "false",
      })
  void findsAConditionThatCanNeverHold(String condition) {
    assertEquals(
        List.of("never-holds r 3"),
        codes(
            rules("{name: r, action: 'act', effect: allow, conditions: [\"" + condition + "\"]}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x > 5 OR x < 3",
        "x >= 5 AND x <= 5",
        "x > 5 AND y < 3",
        "x == 'a' OR x == 'b'",
        "x != 'a' AND x != 'b'",
        "x IN ['a', 'b'] AND x != 'a'",
        "time.hour >= 7 AND time.hour <= 23",
        "time.hour < 7 OR time.hour > 22",
        "agent.trust_tier >= 'trusted'",
        "age(made) > '2d' AND age(made) < '10d'",
        "x > 5 AND (x < 3 OR x == 6)",
        "NOT (x < 5 AND y >= 5)",
        "x == null OR x == 5",
        "true",
      })
  void leavesConditionsThatCanHold(String condition) {
    assertEquals(
        List.of(),
        codes(
            rules("{name: r, action: 'act', effect: allow, conditions: [\"" + condition + "\"]}")));
  }

  @Test
  void findsEntriesThatContradictEachOther() {
    List<Finding> findings =
        lint(rules("{action: act, effect: deny, reason: x, conditions: [x > 5, x < 3]}"));

    assertEquals(1, findings.size());
    assertEquals(
        "no x is > 5 and < 3, so the rule holds only where a value is missing; correct the"
            + " condition, or remove the rule",
        findings.getFirst().message());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "time.hour == '9' | time.hour is a number, and '9' is none; write a number",
        "agent.tags == 'x' | agent.tags is a list and never equals 'x'; write agent.tags CONTAINS 'x'",
        "agent.name == 5 | agent.name is a text, and 5 is none; put it in quotes",
        "agent.trust_tier >= 'trustd' | 'trustd' is no trust_tier; did you mean 'trusted'?",
        "agent.risk_level IN ['low', 'hgh'] | 'hgh' is no risk_level; did you mean 'high'?",
      })
  void findsLiteralsOfAWrongType(String condition, String message) {
    Finding finding =
        lint(rules(
                "name: r\n    action: act\n    effect: allow\n    conditions:\n      - exists(x)\n"
                    + "      - "
                    + condition))
            .getFirst();

    assertEquals(LintCode.WRONG_TYPE, finding.code());
    assertEquals(message, finding.message());
    assertEquals(8, finding.line());
    assertEquals(9, finding.column());
  }

  @Test
  void findsNamesThatAreSlips() {
    List<Finding> findings =
        Lint.of(
            documents(
                rules(
                    "{action: a, effect: allow, conditions: [agent.trust_teir == 'basic']}",
                    "{action: b, effect: allow, conditions: [agent.taem == 'blue']}",
                    "{action: c, effect: allow, conditions: [request.amout < 5]}",
                    "{action: d, effect: allow, conditions: [request.amount < 5, line1 == 'x']}",
                    "{action: e, effect: allow, conditions: [amount < 5, line2 == 'x']}",
                    "{action: f, effect: allow, conditions: [delegation.dept == 1, agent.squad =="
                        + " 'x', line2 == 'y']}")),
            List.of(),
            List.of(agent("bot", Set.of(), Map.of("team", "blue"))));

    assertEquals(
        List.of(
            "nothing is known of 'agent.trust_teir'; did you mean 'agent.trust_tier'?",
            "nothing is known of 'agent.taem'; did you mean 'agent.team'?",
            "nothing is known of 'request.amout'; did you mean 'request.amount'?",
            "nothing is known of 'delegation.dept'; delegation has depth, root and chain; did you"
                + " mean 'delegation.depth'?"),
        findings.stream().map(Finding::message).toList());
  }

  @Test
  void findsAPolicyThatIsForNobody() {
    String policy = "name: p\nappliesTo: {tags: [suport]}\nrules: [{action: a, effect: allow}]\n";

    List<Finding> findings =
        Lint.of(documents(policy), List.of(), List.of(agent("bot", Set.of("support"), Map.of())));

    assertEquals(
        List.of(
            new Finding(
                "p",
                null,
                2,
                12,
                LintCode.NO_AGENTS,
                "this is for none of the 1 agents; no agent has the tag 'suport'; did you mean"
                    + " 'support'?")),
        findings);
    assertEquals(List.of(), lint(policy), "where the agents are not known, nothing is said");
  }

  @Test
  void findsWhereTheOrderIsNotWhatCounts() {
    assertEquals(
        List.of("first-match-differs b 4", "first-match-differs c 5"),
        codes(
            rules(
                "{name: a, action: 'read:*', effect: allow}",
                "{name: b, action: 'read:secrets', effect: deny}",
                "{name: c, action: '*:financial', effect: deny}")));
    assertEquals(
        List.of(),
        codes(
            rules(
                "{name: b, action: 'read:secrets', effect: deny}",
                "{name: a, action: 'read:*', effect: allow}",
                "{name: c, action: 'write:financial', effect: deny}")));
  }

  @Test
  void placesFindingsOfTheSecondDocumentInTheText() {
    Finding finding =
        lint("""
                name: first
                rules: [{action: a, effect: allow}]
                ---
                # the second
                name: second
                rules:
                  - action: "*"
                    effect: allow
                """)
            .getFirst();

    assertEquals(LintCode.ALLOW_ALL, finding.code());
    assertEquals(7, finding.line());
    assertEquals(13, finding.column());
    assertEquals("warning", finding.toMap().get("severity"));
  }
}
