package app.meshguard.policy.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import app.meshguard.policy.condition.ConditionParser;
import app.meshguard.policy.condition.ConditionProblem;
import app.meshguard.policy.condition.MapOperator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the pages on policies say is what is read. */
class ReferencePageTest {
  private static final Path PAGES = Path.of("../../docs/policies");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

  @ParameterizedTest
  @CsvSource({"Policies", "Access profiles", "Guardrails", "Rules"})
  void tablesHaveEveryKeyAndNoOther(String section) throws IOException {
    assertEquals(
        new TreeSet<>(keysRead(section)), new TreeSet<>(keysOfTable(section(section))), section);
  }

  private static Collection<String> keysRead(String section) {
    return switch (section) {
      case "Policies" -> PolicyReader.KEYS;
      case "Access profiles" -> AccessProfileReader.KEYS;
      case "Guardrails" -> GuardrailsReader.KEYS;
      case "Rules" -> RulesReader.KEYS;
      default -> throw new IllegalArgumentException(section);
    };
  }

  @Test
  void namesEveryOperatorOfTheMapForm() throws IOException {
    String text = section("Conditions");
    String sentence = text.substring(text.indexOf("Its operators: "));

    assertEquals(
        Set.copyOf(MapOperator.names()),
        Set.copyOf(codes(sentence.substring(0, sentence.indexOf('.')))));
  }

  @Test
  void namesFunctionsThatThereAre() throws IOException {
    String text = section("Conditions");
    String sentence = text.substring(text.indexOf("**Functions:**"));
    List<String> calls = codes(sentence.substring(0, sentence.indexOf(".\n")));
    assertFalse(calls.isEmpty());
    for (String call : calls) {
      String told = problemOf(call);
      assertFalse(told.contains("there is no function"), told);
    }
  }

  private static String problemOf(String expression) {
    try {
      ConditionParser.parse(expression);
      return "";
    } catch (ConditionProblem e) {
      return String.valueOf(e.getMessage());
    }
  }

  @TestFactory
  Stream<DynamicTest> examplesAreRead() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String page : List.of("reference.md", "which-rule-decides.md", "tutorial.md")) {
      Matcher blocks = YAML.matcher(Files.readString(PAGES.resolve(page)));
      for (int number = 1; blocks.find(); number++) {
        String block = blocks.group(1);
        String whole =
            block.startsWith("conditions:")
                ? "name: example\nrules:\n- action: read:x\n  effect: allow\n" + block.indent(2)
                : block;
        tests.add(
            DynamicTest.dynamicTest(
                page + " block " + number,
                () -> assertEquals(List.of(), PolicyDocuments.parse(whole).errors())));
      }
    }
    assertFalse(tests.isEmpty());
    return tests.stream();
  }

  private static String section(String heading) throws IOException {
    String page = Files.readString(PAGES.resolve("reference.md"));
    int start = page.indexOf("\n## " + heading + "\n");
    int end = page.indexOf("\n## ", start + 1);
    return page.substring(start, end < 0 ? page.length() : end);
  }

  /** The names in the first column of the first table, as YAML's reader spells them. */
  private static List<String> keysOfTable(String section) {
    return section
        .lines()
        .dropWhile(line -> !line.startsWith("| key"))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .flatMap(line -> codes(line.split("\\|", -1)[1]).stream())
        .map(YamlMap::camelCase)
        .distinct()
        .toList();
  }

  private static List<String> codes(String text) {
    return CODE.matcher(text).results().map(match -> match.group(1)).toList();
  }
}
