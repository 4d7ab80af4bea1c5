package app.meshguard.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {
  @TempDir Path home;

  private PostgresServer server;

  @BeforeEach
  void namesServer() {
    server = new PostgresServer(PostgresBinaries.defaultCache(), home, Map.of());
  }

  @AfterEach
  void leavesNothingRunning() {
    server.stop();
  }

  @Test
  void keepsWhatWasCommittedThroughAKill() throws Exception {
    PostgresAccess access = server.start();
    try (Connection owner = connect(access)) {
      owner.createStatement().execute("CREATE TABLE kept AS SELECT 42 AS answer");
    }

    server.process().orElseThrow().kill();
    boolean ranAfterKill = server.isRunning();
    PostgresAccess again = server.start();

    assertFalse(ranAfterKill);
    assertEquals(access, again, "clients find it where it was");
    try (Connection owner = connect(again);
        ResultSet rows = owner.createStatement().executeQuery("SELECT answer FROM kept")) {
      assertTrue(rows.next());
      assertEquals(42, rows.getInt(1));
    }
  }

  @Test
  void stopsAlthoughAClientIsConnected() throws Exception {
    PostgresAccess access = server.start();
    try (Connection client = connect(access)) {
      long pid = server.process().orElseThrow().pid();

      server.stop();

      assertTrue(ProcessIdentity.of(pid).isEmpty());
      assertTrue(server.process().isEmpty());
      assertFalse(client.isValid(1));
    }
  }

  @Test
  void startsOnceOnly() {
    server.start();
    long pid = server.process().orElseThrow().pid();

    server.start();

    assertEquals(pid, server.process().orElseThrow().pid());
  }

  @Test
  void keepsPasswordsFromOthers() throws Exception {
    server.start();

    Path file = home.resolve("postgres").resolve("access.properties");

    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    long pid = server.process().orElseThrow().pid();
    String commandLine = Files.readString(Path.of("/proc/" + pid + "/cmdline"));
    server.access().passwords().values().forEach(word -> assertFalse(commandLine.contains(word)));
  }

  private static Connection connect(PostgresAccess access) throws SQLException {
    ServiceDatabase tenant = ServiceDatabase.TENANT;
    String url = access.jdbcUrl(tenant.databaseName());
    return DriverManager.getConnection(url, tenant.owner(), access.password(tenant.owner()));
  }
}
