package app.meshguard.policy.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import app.meshguard.policy.document.PolicyDocuments;
import app.meshguard.policy.document.PolicyProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;

/** Every wrong document is told all that is wrong with it: line, column, and what to do. */
class ErrorsTest {
  private static final Path FOLDER = Path.of("src/test/resources/errors");

  @TestFactory
  List<DynamicTest> everyErrorIsToldWithItsPlace() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<DynamicTest> all = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        all.add(dynamicTest(file.getFileName().toString(), () -> check(file)));
      }
      assertFalse(all.isEmpty(), "no error files");
      return all;
    }
  }

  private static void check(Path file) throws IOException {
    Map<String, Object> given = new Yaml().load(Files.readString(file));
    assertEquals(Set.of("document", "errors"), given.keySet());

    List<PolicyProblem> errors = PolicyDocuments.parse((String) given.get("document")).errors();

    assertEquals(given.get("errors"), errors.stream().map(PolicyProblem::toString).toList());
  }
}
