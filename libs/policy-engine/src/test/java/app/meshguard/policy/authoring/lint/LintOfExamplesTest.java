package app.meshguard.policy.authoring.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.policy.Agent;
import app.meshguard.policy.document.ParsedDocuments;
import app.meshguard.policy.document.PolicyDocuments;
import app.meshguard.policy.value.TrustTier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The examples of the documentation say what lint says of them, and nothing more is said. */
class LintOfExamplesTest {
  private static final Path DOCS = Path.of("../../docs");

  private static List<Finding> lint(String yaml, List<Agent> agents) {
    ParsedDocuments parsed = PolicyDocuments.parse(yaml);
    assertEquals(List.of(), parsed.errors());
    return Lint.of(parsed.documents(), List.of(), agents);
  }

  @ParameterizedTest
  @CsvSource({
    "personal-assistant, 'first-match-differs deny-*:financial'",
    "small-business-support, 'any-tag null'",
    "enterprise-claims, 'any-tag null'",
  })
  void findsOnlyWhatIsRight(String example, String expected) throws IOException {
    ParsedDocuments parsed =
        PolicyDocuments.parse(Files.readString(DOCS.resolve("examples/" + example + ".yaml")));

    assertEquals(
        List.of(expected),
        Lint.of(parsed.documents()).stream()
            .map(finding -> finding.code().text() + " " + finding.rule())
            .toList());
  }

  @ParameterizedTest
  @EnumSource(LintCode.class)
  void documentsEachCodeWithAnExampleThatShowsIt(LintCode code) throws IOException {
    String page = Files.readString(DOCS.resolve("policies/authoring.md"));
    String severity = code.severity().name().toLowerCase(Locale.ROOT);

    assertTrue(
        page.contains("| [`" + code.text() + "`](#" + code.text() + ") | " + severity + " |"),
        "the table lacks " + code.text() + " as " + severity);
    Matcher example =
        Pattern.compile("### " + code.text() + "\n.*?```yaml\n(.*?)```", Pattern.DOTALL)
            .matcher(page);
    assertTrue(example.find(), "no example of " + code.text());
    Agent bot =
        new Agent(
            "agent_1",
            "bot",
            TrustTier.VERIFIED,
            null,
            Set.of("support"),
            Set.of(),
            null,
            null,
            Map.of(),
            false);
    assertEquals(
        Set.of(code),
        Set.copyOf(lint(example.group(1), List.of(bot)).stream().map(Finding::code).toList()));
  }
}
