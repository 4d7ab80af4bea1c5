package app.meshguard.tenant.starter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.policy.PolicyRevision;
import app.meshguard.policy.PolicySet;
import app.meshguard.policy.TenantRules;
import app.meshguard.policy.authoring.PolicyTests;
import app.meshguard.policy.authoring.TestReport;
import app.meshguard.policy.document.ParsedDocuments;
import app.meshguard.policy.document.PolicyDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class StartersTest {
  static final List<String> ids = Starters.IDS;

  @ParameterizedTest
  @FieldSource("ids")
  void doesWhatItsTestsSay(String id) {
    ParsedDocuments parsed = PolicyDocuments.parse(Starters.text(id));
    assertEquals(List.of(), parsed.errors());
    assertEquals(List.of(), parsed.warnings());
    PolicyTests.Parsed file = PolicyTests.parse(Starters.tests(id));
    assertEquals(List.of(), file.errors());
    PolicySet policies =
        PolicySet.compile(
            parsed.documents().stream()
                .map(document -> new PolicyRevision(document.name(), 1, document))
                .toList(),
            TenantRules.DEFAULT);

    assertNotNull(file.file());
    TestReport report = PolicyTests.run(file.file(), policies, List.of());

    assertEquals(
        "",
        report.cases().stream()
            .filter(result -> !result.passed())
            .map(Object::toString)
            .collect(Collectors.joining("\n")));
    assertTrue(report.passed() >= 5, "a starter shows what it does in at least five tests");
  }

  @Test
  void listsEveryFileOfTheFolder() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/starters"))) {
      Set<String> there =
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
      assertEquals(
          ids.stream()
              .flatMap(id -> Stream.of(id + ".yaml", id + ".test.yaml"))
              .collect(Collectors.toSet()),
          there);
    }
  }

  /** With {@code -Dmeshguard.docs.write=true} the page is written instead of compared. */
  @Test
  void isWhatTheDocumentationShows() throws IOException {
    Path page = Path.of("../docs/policies/starters.md");
    String text = StartersPage.text();
    if (Boolean.getBoolean("meshguard.docs.write")) {
      Files.writeString(page, text);
    }
    assertEquals(text, Files.readString(page));
  }
}
