package app.meshguard.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import app.meshguard.policy.authoring.PolicyTests;
import app.meshguard.policy.authoring.TestFile;
import app.meshguard.policy.authoring.TestReport;
import app.meshguard.policy.document.ParsedDocuments;
import app.meshguard.policy.document.PolicyDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Every case file decides as it says. */
class CasesTest {
  private static final Path CASES = Path.of("src/test/resources/cases");

  @TestFactory
  List<DynamicNode> everyCaseDecidesAsItSays() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      List<DynamicNode> all = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        all.add(cases(file));
      }
      assertFalse(all.isEmpty(), "no case files");
      return all;
    }
  }

  private static DynamicContainer cases(Path path) throws IOException {
    PolicyTests.Parsed parsed = PolicyTests.parse(Files.readString(path));
    assertEquals(List.of(), parsed.errors(), path.toString());
    TestFile file = Objects.requireNonNull(parsed.file());
    assertFalse(file.policies().isEmpty(), path + " has no policies");
    TestReport report = PolicyTests.run(file, file.compile(TenantRules.DEFAULT), List.of());
    return dynamicContainer(
        file.name(),
        report.cases().stream()
            .map(
                each -> dynamicTest(each.name(), () -> assertTrue(each.passed(), each::toString))));
  }

  static PolicySet compile(List<String> texts, TenantRules tenant) {
    List<PolicyRevision> revisions = new ArrayList<>();
    for (String text : texts) {
      ParsedDocuments parsed = PolicyDocuments.parse(text);
      assertEquals(List.of(), parsed.errors());
      parsed.documents().forEach(d -> revisions.add(new PolicyRevision(d.name(), 1, d)));
    }
    return PolicySet.compile(revisions, tenant);
  }
}
