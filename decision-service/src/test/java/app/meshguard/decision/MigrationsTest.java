package app.meshguard.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MigrationsTest {

  @Test
  void namesEveryScriptOfTheFolder() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      List<String> there = files.map(f -> f.getFileName().toString()).sorted().toList();
      assertEquals(there, DecisionServiceMain.SCRIPTS);
    }
  }
}
