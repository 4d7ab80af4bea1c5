package app.meshguard.audit.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import app.meshguard.audit.RunningAuditService;
import app.meshguard.migration.DatabaseOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@RunningAuditService
class LogSchemaIT {
  @ConfigProperty(name = "meshguard.test.database.url")
  String url;

  @ConfigProperty(name = "meshguard.test.database.owner")
  String owner;

  @ConfigProperty(name = "meshguard.test.database.owner-password")
  String password;

  @Test
  void canBeMadeAgainBesideTheService() throws Exception {
    DatabaseOwner itself = new DatabaseOwner(url, owner, password);

    assertEquals(
        "0 migrations applied, schema at version 6, 0 partitions made, 0 dropped",
        LogSchema.migrate(itself));
    assertEquals("0 partitions made, 0 dropped", LogSchema.makePartitions(itself));
  }

  @Test
  void isNotForAStranger() {
    DatabaseOwner stranger = new DatabaseOwner(url, owner, password + "x");

    assertThrows(IllegalStateException.class, () -> LogSchema.migrate(stranger));
    assertThrows(SQLException.class, () -> LogSchema.makePartitions(stranger));
  }

  @Test
  void namesEveryScriptOfTheFolder() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      assertEquals(files.map(f -> f.getFileName().toString()).sorted().toList(), LogSchema.SCRIPTS);
    }
  }
}
