package app.meshguard.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnerCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final OwnerCommand command = new OwnerCommand("some-service", print(out), print(err));

  @AfterEach
  void forgetsTheOwner() {
    System.clearProperty("meshguard.migrate.url");
    System.clearProperty("meshguard.migrate.username");
  }

  @Test
  void saysWhichSettingsAreMissing() {
    assertEquals(1, command.run(DatabaseOwner::username));
    assertTrue(text(err).contains("set meshguard.migrate.url"), text(err));
  }

  @Test
  void printsWhatWasDone() {
    setOwner();

    assertEquals(0, command.run(owner -> "done as " + owner));
    assertEquals("some-service: done as me of jdbc:postgresql://127.0.0.1:1/x", text(out));
  }

  @Test
  void saysWhatWentWrong() {
    setOwner();
    Migrations migrations = new Migrations(OwnerCommandTest.class, List.of());

    assertEquals(1, command.run(migrations::run));
    assertTrue(text(err).startsWith("some-service: migration failed: "), text(err));
    assertEquals(
        1,
        command.run(
            owner -> {
              throw new SQLException("no such table");
            }));
    assertTrue(text(err).endsWith("some-service: no such table"), text(err));
  }

  private static void setOwner() {
    System.setProperty("meshguard.migrate.url", "jdbc:postgresql://127.0.0.1:1/x");
    System.setProperty("meshguard.migrate.username", "me");
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).strip();
  }
}
