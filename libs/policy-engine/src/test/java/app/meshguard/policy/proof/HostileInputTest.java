package app.meshguard.policy.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import app.meshguard.policy.AgentPolicies;
import app.meshguard.policy.Call;
import app.meshguard.policy.PolicyRevision;
import app.meshguard.policy.PolicySet;
import app.meshguard.policy.TenantRules;
import app.meshguard.policy.document.ParsedDocuments;
import app.meshguard.policy.document.PolicyDocuments;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents that want to cost: a clear error in time; and what is accepted decides in time. */
class HostileInputTest {
  private static final Duration REFUSED_IN = Duration.ofMillis(100);
  private static final Duration DECIDED_IN = Duration.ofMillis(5);
  private static final String RULE = "rules: [{action: a, effect: allow}]\n";

  private static String named(String rest) {
    return "name: p\n" + rest;
  }

  private static String condition(String expression) {
    return named(
        "rules: [{action: a, effect: allow, conditions: [\""
            + expression.replace("\\", "\\\\").replace("\"", "\\\"")
            + "\"]}]\n");
  }

  private static String lines(int count, String line) {
    return IntStream.range(0, count)
        .mapToObj(i -> line.replace("#", Integer.toString(i)))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String bomb() {
    StringBuilder yaml = new StringBuilder("name: p\na: &a [x, x, x, x, x, x, x, x, x]\n");
    for (char c = 'b'; c <= 'z'; c++) {
      String before = "*" + (char) (c - 1);
      yaml.append(c).append(": &").append(c).append(" [");
      yaml.append(String.join(", ", java.util.Collections.nCopies(9, before))).append("]\n");
    }
    return yaml + RULE;
  }

  private static String indented(int levels) {
    StringBuilder yaml = new StringBuilder("name: p\nrules:\n");
    for (int i = 0; i < levels; i++) {
      yaml.append("  ".repeat(i)).append("- all:\n");
    }
    return yaml.toString();
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        arguments("aliases of aliases", bomb(), "anchors (&name) are not read"),
        arguments("20,000 aliases", named("a: [" + "*x, ".repeat(20_000) + "]"), "aliases"),
        arguments("100,000 open brackets", named("rules: " + "[".repeat(100_000)), "32 levels"),
        arguments("100,000 open braces", named("rules: " + "{a: ".repeat(60_000)), "32 levels"),
        arguments("100 levels of indentation", indented(100), "32 levels"),
        arguments("100,000 dashes", named("rules: " + "- ".repeat(100_000)), "check quotes"),
        arguments("20,000 question marks", named("? ".repeat(20_000)), "32 levels"),
        arguments("20,000 tags", named("a: [" + "!x y, ".repeat(20_000) + "]"), "tags (!name)"),
        arguments("a tag that names a class", named("a: !!java.net.URL x\n" + RULE), "tags"),
        arguments("the same key 20,000 times", lines(20_000, "name: p"), "stands here twice"),
        arguments("20,000 unknown keys", lines(20_000, "key#: 1"), "unknown key"),
        arguments("20,000 documents", lines(20_000, "---\nname: p#"), "1,000 documents"),
        arguments(
            "900 documents with 20 faults", lines(900, "---\n" + lines(20, "k#: 1")), "unknown"),
        arguments("a key of 200 KB", named("k".repeat(200_000) + ": 1\n" + RULE), "check quotes"),
        arguments(
            "an unknown key of 1 KB", named("k".repeat(1_000) + ": 1\n" + RULE), "unknown key"),
        arguments(
            "a name of 200 KB", "name: " + "p".repeat(200_000) + "\n" + RULE, "no policy name"),
        arguments("more than 256 KiB", named("# " + "x".repeat(256 * 1024)), "256 KiB"),
        arguments("17 MB", "x".repeat(17_000_000), "16 MiB"),
        arguments(
            "2,001 rules",
            named("rules:\n" + lines(2_001, "- {action: a, effect: deny}")),
            "2,000 rules"),
        arguments(
            "2,000 rules with two faults each",
            named("rules:\n" + lines(2_000, "- {action: \"a b\", effect: x}")),
            "has a blank"),
        arguments(
            "20,000 wrong patterns",
            named("rules: [{action: [" + "\"a b\",".repeat(20_000) + "], effect: deny}]"),
            "has a blank"),
        arguments(
            "20,000 unknown tiers",
            named("appliesTo: {trustTiers: [" + "gold,".repeat(20_000) + "]}\n" + RULE),
            "is not one of"),
        arguments(
            "2,000 wrong regular expressions",
            named(
                "rules:\n"
                    + lines(
                        2_000, "- {action: a#, effect: deny, conditions: \"x MATCHES '/(((/'\"}")),
            "RE2"),
        arguments(
            "2,000 wrong time zones",
            lines(900, "---\nname: p#\ntimezone: Mars/City#\nrules: [{action: a, effect: deny}]"),
            "time zone"),
        arguments("control characters", named("a: \u0000\u0001\n" + RULE), "does not allow"),
        arguments("half a character", named("a: \uD800\n" + RULE), "does not allow"),
        arguments("only quotes", named("a: " + "'".repeat(100_001)), "check quotes"),
        arguments(
            "a quote that is never closed", named("a: \"" + "x\n ".repeat(80_000)), "check quotes"),
        arguments(
            "an expression of more than 4 KiB",
            condition("x == '" + "y".repeat(4_100) + "'"),
            "4 KiB"),
        arguments(
            "33 brackets deep", condition("(".repeat(33) + "x" + ")".repeat(33)), "32 levels"),
        arguments("1,000 brackets deep", condition("(".repeat(1_000)), "32 levels"),
        arguments("1,000 lists deep", condition("x IN " + "[".repeat(1_000)), "32 levels"),
        arguments("1,000 times NOT", condition("NOT ".repeat(1_000) + "x"), "32 levels"),
        arguments("1,000 signs", condition("x == " + "-".repeat(1_000) + "1"), "32 levels"),
        arguments(
            "a tree 40 deep",
            named("rules: [{action: a, effect: allow, conditions: " + "{all: [".repeat(40)),
            "32 levels"),
        arguments("a number without end", condition("x == 1" + "0".repeat(3_000)), "34 digits"),
        arguments("an exponent without end", condition("x == 1e999999999999"), "out of range"),
        arguments(
            "a regular expression of 513 letters",
            condition("x MATCHES '/" + "a*".repeat(257) + "/'"),
            "512 characters"),
        arguments(
            "repeats of repeats",
            condition("x MATCHES '/((((a{9}){9}){9}){9}){9}/'"),
            "counted repeats"),
        arguments("500 open groups", condition("x MATCHES '/" + "(".repeat(500) + "/'"), "RE2"),
        arguments("a back-reference", condition("x MATCHES '/(a)\\1/'"), "RE2"),
        arguments("a look-ahead", condition("x MATCHES '/(?=a)a/'"), "RE2"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void isRefusedInTimeWithAClearError(String what, String yaml, String part) {
    ParsedDocuments parsed =
        Patience.within(REFUSED_IN, () -> PolicyDocuments.parse(yaml), () -> what);

    assertTrue(parsed.errors().size() <= 200, "too many errors");
    assertTrue(
        parsed.errors().stream().anyMatch(problem -> problem.message().contains(part)),
        () -> what + ": " + parsed.errors().stream().limit(3).toList());
    assertTrue(parsed.errors().stream().allMatch(problem -> problem.message().length() < 1_000));
  }

  private static String rules(int count, String rule) {
    return named("rules:\n" + lines(count, "- " + rule));
  }

  private static final String LETTERS = "a".repeat(2_000);

  static Stream<Arguments> costly() {
    return Stream.of(
        arguments("stars of a path", condition("x MATCHES_PATH '" + "*a".repeat(1_000) + "b'")),
        arguments(
            "double stars of a path", condition("x MATCHES_PATH '" + "**a".repeat(1_000) + "b'")),
        arguments(
            "mixed stars of a path", condition("x MATCHES_PATH '" + "**a*a".repeat(500) + "b'")),
        arguments("stars of a glob", condition("x MATCHES '" + "*a".repeat(1_000) + "b'")),
        arguments("stars in stars", condition("x MATCHES '/((a*)*)*b/'")),
        arguments("many choices", condition("x MATCHES '/(" + "a|".repeat(200) + "b)+c$/'")),
        arguments("1,000 comparisons", condition("x == 'b'" + " OR x == 'b'".repeat(300))),
        arguments(
            "2,000 rules of one pattern",
            rules(2_000, "{action: \"*\", effect: deny, conditions: \"x == 'b#'\"}")),
        arguments(
            "2,000 patterns that end alike",
            rules(1_999, "{action: \"a:*#a\", effect: deny}")
                + "- {action: \"*\", effect: allow}\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("costly")
  void whatIsAcceptedDecidesInTime(String what, String yaml) {
    ParsedDocuments parsed = PolicyDocuments.parse(yaml);
    assertEquals(java.util.List.of(), parsed.errors());
    AgentPolicies policies =
        PolicySet.compile(
                parsed.documents().stream().map(d -> new PolicyRevision(d.name(), 1, d)).toList(),
                TenantRules.DEFAULT)
            .forAgent(FuzzedCalls.AGENT);
    Call call =
        new Call(
            "a:" + LETTERS.substring(0, 510),
            null,
            Map.of("x", LETTERS),
            Instant.parse("2026-11-20T12:00:00Z"));

    Patience.within(DECIDED_IN, () -> policies.evaluate(call), () -> what);
  }
}
