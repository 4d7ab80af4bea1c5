package app.meshguard.tenant.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
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
      assertEquals(there, Migrations.SCRIPTS);
    }
  }

  @Test
  void failsWithoutADatabase() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    assertFalse(new Migrations("", "", "").run(nowhere, nowhere));
    assertFalse(new Migrations("jdbc:postgresql://127.0.0.1:1/x", "u", "p").run(nowhere, nowhere));
  }
}
