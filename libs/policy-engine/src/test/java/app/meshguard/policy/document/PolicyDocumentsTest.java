package app.meshguard.policy.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDocumentsTest {
  private static final String RULE = "rules:\n  - {action: \"read:*\", effect: allow}\n";
  private static final Path SHARED = Path.of("../../../shared/policies");

  private static String only(String yaml) {
    List<PolicyProblem> errors = PolicyDocuments.parse(yaml).errors();
    assertEquals(1, errors.size(), errors::toString);
    return errors.getFirst().toString();
  }

  @Test
  void namesAnUnknownKeyItsPlaceAndTheNearestKey() {
    assertEquals(
        "2:1: unknown key 'applies_two'; did you mean 'appliesTo'?",
        only("name: a\napplies_two: {}\n" + RULE));
  }

  @Test
  void tellsAllErrorsAtOnce() {
    List<PolicyProblem> errors =
        PolicyDocuments.parse(
                """
                name: Bad Name
                combining: broadest
                rules:
                  - action: "read:*"
                    effect: permit
                  - effect: allow
                    reasn: x
                ---
                name: other
                timezone: Mars/Base
                rules: [{action: "a:b", effect: deny, conditions: ["amount >"]}]
                """)
            .errors();

    assertEquals(List.of(1, 2, 5, 6, 7, 10, 11), errors.stream().map(PolicyProblem::line).toList());
  }

  @Test
  void pointsIntoTheExpression() {
    assertEquals(
        "4:31: IN needs a list; write ['a', 'b']",
        only(
            """
            name: a
            rules:
              - {action: "a:b", effect: allow,
                 conditions: ["channel IN 'sms'"]}
            """));
  }

  @Test
  void countsLinesOverSeveralDocuments() {
    assertEquals(
        "6:1: unknown key 'rule'; did you mean 'rules'?",
        PolicyDocuments.parse("name: a\n" + RULE + "---\nname: b\nrule: []\n")
            .errors()
            .getLast()
            .toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "access: {tools: {allow: [a]}} | 1:1: an access profile is for an agent, a role or both;"
            + " add agent: or role:",
        "'agent: a\naccess: {}' | 2:9: access is empty; add tools or data, each with allow and deny",
        "'agent: a\naccess: {tool: {allow: [x]}}' | 2:10: unknown key 'tool'; did you mean 'tools'?",
        "'agent: a\nacces: {tools: {allow: [x]}}' | 2:1: unknown key 'acces'; did you mean 'access'?",
        "'agent: a\naccess: {tools: {allow: [a b]}}' | 2:26: the pattern 'tool:a b' has a blank or"
            + " a control character; remove it",
        "'agent: a\nappliesTo: {}\naccess: {data: {allow: [x]}}' | 2:1: unknown key 'appliesTo';"
            + " known: name, version, description, enforcement, agent, role, access",
        "'agent: \"--\"\naccess: {data: {allow: [x]}}' | 1:1: no name can be made of agent and"
            + " role; add name: with letters and digits",
        "'guardrails: {tier_4_bloked: [x]}' | 1:14: unknown key 'tier_4_bloked'; did you mean"
            + " 'tier_4_blocked'?",
        "'guardrials: {tier_4_blocked: [x]}' | 1:1: unknown key 'guardrials'; did you mean"
            + " 'guardrails'?",
        "'guardrails: {}' | 1:13: the guardrails are empty; add a tier such as tier_4_blocked with"
            + " operations",
        "'guardrails: {tier1Automatic: [x], tier_4_blocked: [x]}' | 1:52: the operation 'x' stands"
            + " at line 1 already; keep one of the two",
        "'guardrails: {tier_4_blocked: [x]}\nrules: []' | 1:1: a document has rules, access or"
            + " guardrails, and not several of them; put a line of --- between two documents",
        "'name: a\nextends: Base X' | 2:10: 'Base X' is no policy name; extends takes the name"
            + " of one policy",
        "'name: a\nabstract: maybe\nrules: []' | 2:11: 'abstract' must be true or false",
        "name: &a x | 1:7: anchors (&name) are not read; remove it",
        "name: !!java.net.URL x | 1:7: tags (!name) are not read; remove it",
        "name: [1 | 1:9: not valid YAML: expected ',' or ']', but got <stream end>; check quotes,"
            + " colons and indentation",
        "just text | 1:1: a policy is a map; start it with name: and rules:",
        "'%YAML 1.1' | 1:1: directives are not read; remove the line that starts with %",
      })
  void refusesWithWhatToDo(String yaml, String error) {
    assertEquals(error, only(yaml));
  }

  @Test
  void refusesAliases() {
    assertTrue(
        PolicyDocuments.parse("name: a\nrules: *x\n").errors().toString().contains("aliases"));
  }

  @Test
  void refusesTheSameKeyTwiceInEitherSpelling() {
    assertEquals(
        "3:1: the key 'applies_to' stands here twice; keep one of the two",
        only("name: a\nappliesTo: {tags: [x]}\napplies_to: {tags: [y]}\n" + RULE));
    assertEquals(
        "3:41: the key 'effect' stands here twice; keep one of the two",
        only("name: a\nrules:\n  - {action: \"read:*\", effect: deny,    effect: allow}\n"));
  }

  @Test
  void refusesWhatIsTooDeepOrTooLarge() {
    String deep = "name: a\nrules: " + "[".repeat(100_000);
    assertTrue(only(deep).contains("32 levels"));
    String large = "name: a\ndescription: " + "x".repeat(256 * 1024) + "\n" + RULE;
    assertTrue(only(large).contains("256 KiB"));
    StringBuilder many = new StringBuilder("name: a\nrules:\n");
    many.append("  - {action: a, effect: deny}\n".repeat(2_001));
    assertTrue(only(many.toString()).contains("2,000 rules"));
  }

  @Test
  void stopsAtTwoHundredErrors() {
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      keys.append("k").append(i).append(": 1\n");
    }
    assertEquals(200, PolicyDocuments.parse(keys.toString()).errors().size());
    assertTrue(only("---\na\n".repeat(2_000)).contains("1,000 documents"));
  }

  @Test
  void cutsOffAMapOfVeryManyKeys() {
    StringBuilder keys =
        new StringBuilder("name: a\nrules:\n  - {action: x, effect: deny, conditions: {context: {");
    for (int i = 0; i < 1_001; i++) {
      keys.append("k").append(i).append(": 1, ");
    }
    assertTrue(only(keys.append("}}}\n").toString()).contains("at most 1,000 keys"));
  }

  @Test
  void regularExpressionsOfADocumentHaveALimit() {
    String start = "name: a\nrules:\n  - {action: x, effect: deny, conditions: [y";
    String one = ", \"a MATCHES '/^x{1000}([0-9]y){499}$/'\"";
    assertTrue(PolicyDocuments.parse(start + one.repeat(90) + "]}\n").isValid());
    assertTrue(only(start + one.repeat(101) + "]}\n").contains("more than 200,000 letters"));
    assertTrue(
        only("name: a\nrules: [{action: x, effect: deny, conditions: {context: {a: {matches: ["
                + "'/x{700}/', ".repeat(300)
                + "]}}}}]\n")
            .contains("more than 200,000 letters"));
  }

  @Test
  void eachDocumentHasASizeOfItsOwn() {
    String description = "description: " + "x".repeat(200 * 1024) + "\n";
    ParsedDocuments parsed =
        PolicyDocuments.parse(
            "name: a\n" + description + RULE + "---\nname: b\n" + description + RULE);

    assertEquals(List.of(), parsed.errors());
    assertEquals(List.of("a", "b"), parsed.documents().stream().map(PolicyDocument::name).toList());
    assertEquals(
        "b", PolicyDocuments.parse(parsed.documents().get(1).text()).documents().get(0).name());
  }

  @Test
  void refusesTwoPoliciesOfOneName() {
    assertTrue(only("name: a\n" + RULE + "---\nname: a\n" + RULE).contains("line 1 already"));
  }

  @Test
  void namesRulesByEffectAndPatternUniquely() {
    PolicyDocument document =
        PolicyDocuments.parse(
                """
                name: a
                rules:
                  - {action: "write:x", effect: deny, conditions: ["a > 1"]}
                  - {action: "write:x", effect: deny}
                  - {name: "deny-write:x-2", action: "write:y", effect: deny}
                  - {actions: ["r:a", "r:b"], effect: allow}
                  - {action: "*", audit: true}
                human_in_the_loop: {require_approval: ["pay:*"]}
                """)
            .documents()
            .getFirst();

    assertEquals(
        List.of(
            "deny-write:x",
            "deny-write:x-3",
            "deny-write:x-2",
            "allow-r:a",
            "audit-*",
            "require_approval-pay:*"),
        document.rules().stream().map(Rule::name).toList());
  }

  @Test
  void anAuditRuleHasNoReason() {
    assertEquals(
        "3:45: a rule without effect has no reason; add an effect or remove it",
        only("name: a\nrules:\n  - {action: \"read:*\", audit: true, reason: x}\n"));
  }

  @Test
  void aLimitHasNoPlaceInADenyOrUnderOr() {
    assertTrue(
        only("name: a\nrules: [{action: a, effect: deny, conditions: \"rate_limit(5, '1h')\"}]\n")
            .contains("only in rules that allow"));
    assertTrue(
        only("name: a\nrules: [{action: a, effect: allow, conditions: \"b OR rate_limit(5,"
                + " '1h')\"}]\n")
            .contains("whole condition"));
    assertTrue(
        only("name: a\nrules: [{action: a, effect: allow, conditions: {any: [\"rate_limit(5,"
                + " '1h')\", \"b\"]}}]\n")
            .contains("under 'any'"));
  }

  @Test
  void wordsThatYamlOnceTookForBooleansAreTexts() {
    PolicyDocument document =
        PolicyDocuments.parse("name: no\nappliesTo: {tags: [yes, on]}\n" + RULE)
            .documents()
            .getFirst();

    assertEquals("no", document.name());
    assertTrue(document.appliesTo().tags().contains("on"));
  }

  @Test
  void delegationIsReadAndChecked() {
    assertEquals(
        2,
        PolicyDocuments.parse(
                "name: a\ndelegation: {max_depth: 2, permission_ceiling: [\"read:*\"], to:"
                    + " [\"tag:x\"]}\n"
                    + RULE)
            .documents()
            .getFirst()
            .delegation()
            .maxDepth());
    assertTrue(
        only("name: a\ndelegation: {maxDepth: lots}\n" + RULE).contains("whole number from 0"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "resource: {startsWit: x} | 'startsWit' is no operator, and an attribute of"
            + " an attribute is written with a dot, like customer.age_days; did you mean 'startsWith'?",
        "context: {a..b: 1} | 'a..b' is no path; write one like customer.age_days",
        "anny: [x] | unknown key 'anny' in conditions; did you mean 'any'?",
        "context: {a: {eq: 1, b: 2}} | 'eq' is no operator, and an attribute of an"
            + " attribute is written with a dot, like customer.age_days; did you mean 'equals'?",
      })
  void refusesAWrongMapForm(String conditions, String error) {
    String yaml =
        "name: a\nrules:\n  - {action: x, effect: deny, conditions: {" + conditions + "}}\n";
    assertEquals(error, PolicyDocuments.parse(yaml).errors().getFirst().message());
  }

  @Test
  void allShapesStandInOneFile() {
    ParsedDocuments parsed =
        PolicyDocuments.parse(
            """
            name: p
            rules: [{action: x, effect: allow}]
            ---
            agent: Customer Support
            role: tier_1
            access: {tools: {allow: [t]}}
            ---
            guardrails: {tier1Automatic: [op], tier_2_logged: [op-2]}
            applies_to: {tags: [x]}
            """);

    assertEquals(List.of(), parsed.errors());
    assertEquals(
        List.of("p policy", "customer-support-tier-1 access_profile", "guardrails guardrails"),
        parsed.documents().stream().map(d -> d.name() + " " + d.kind().text()).toList());
  }

  @Test
  void warnsOfWhatAProfileProbablyDoesNotMean() {
    ParsedDocuments parsed =
        PolicyDocuments.parse(
            """
            agent: a
            access:
              tools: {allow: [x, y], deny: [x]}
              data: {deny: [ssn]}
            ---
            role: b
            access: {data: {allow: ["*"]}}
            """);

    assertEquals(
        List.of(
            "3:19: the tool 'x' stands here again; denying it goes before allowing it",
            "4:9: data has no allow, so no field may be read; name those that may, under allow",
            "7:16: '*' is the name of no field; name each field that may be read"),
        parsed.warnings().stream().map(PolicyProblem::toString).toList());
    assertEquals(
        List.of("deny-tool:x", "allow-tool:y", "deny-tool:*"),
        parsed.documents().getFirst().rules().stream().map(Rule::name).toList());
  }

  static boolean sharedPoliciesAreThere() {
    return Files.isDirectory(SHARED);
  }

  @Test
  @EnabledIf("sharedPoliciesAreThere")
  void theArticlesPoliciesLoad() throws IOException {
    try (Stream<Path> files = Files.list(SHARED)) {
      for (Path file : files.sorted().toList()) {
        ParsedDocuments parsed = PolicyDocuments.parse(Files.readString(file));
        assertTrue(parsed.isValid(), () -> file + ": " + parsed.errors());
      }
    }
  }

  /** Whatever is cut, doubled or mixed up: an answer, never an exception. */
  @Test
  void neverThrows() {
    String seed =
        """
        name: a
        appliesTo: {tags: [x], trustTiers: [basic]}
        timezone: Europe/Berlin
        rules:
          - action: ["read:*", "*:x"]
            effect: allow
            conditions:
              - "request.amount <= 50 AND NOT (len(a.b) > 3 OR cidr(ip, '10.0.0.0/8'))"
              - {all: ["a MATCHES '/^x+$/'", {not: "b IN ['c', 1.5, null]"}]}
              - {context: {channel: {in: [sms]}}, resource: {startsWith: [a, b]}}
              - "rate_limit(5, '1h', request.to)"
            obligations: {redact: [a], expires_in: 2h}
        audit: {level: detailed}
        """;
    Random random = new Random(20261120);
    String odd = "'\"[]{}:,&*!|>%@`\n\t #-?<=()\u0000\uFFFF\uD800/\\.";
    for (int i = 0; i < 6_000; i++) {
      StringBuilder text = new StringBuilder(seed);
      int changes = 1 + random.nextInt(4);
      for (int j = 0; j < changes; j++) {
        int at = random.nextInt(Math.max(1, text.length() - 1));
        switch (random.nextInt(4)) {
          case 0 -> text.delete(at, at + 1);
          case 1 -> text.insert(at, odd.charAt(random.nextInt(odd.length())));
          case 2 -> text.setLength(Math.max(2, at));
          default -> text.insert(at, seed, at % seed.length() / 2, at % seed.length());
        }
      }
      ParsedDocuments parsed = PolicyDocuments.parse(text.toString());
      for (PolicyProblem problem : parsed.errors()) {
        assertTrue(problem.line() > 0 && problem.column() > 0, problem::toString);
        assertFalse(problem.message().isBlank());
      }
      assertTrue(parsed.isValid() == parsed.errors().isEmpty());
    }
  }

  @Test
  void neverThrowsOnNoise() {
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      char[] noise = new char[random.nextInt(80)];
      for (int j = 0; j < noise.length; j++) {
        noise[j] = (char) (random.nextInt(3) == 0 ? random.nextInt(65_536) : random.nextInt(128));
      }
      PolicyDocuments.parse(new String(noise));
    }
  }
}
