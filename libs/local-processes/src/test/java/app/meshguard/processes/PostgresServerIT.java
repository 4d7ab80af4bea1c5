package app.meshguard.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  void startsAlthoughNobodyHasWaitedForTheKilledOneYet() throws Exception {
    server.start();
    server.process().orElseThrow().kill();
    Process parent = parentOfDeadPostgres();
    try {
      long dead = Long.parseLong(parent.inputReader().readLine());
      Path comm = Path.of("/proc/" + dead + "/comm");
      assertTrue(
          DetachedProcess.await(
              () -> ProcessIdentity.of(dead).isEmpty() && Files.exists(comm),
              Duration.ofSeconds(10)));
      assertEquals("postgres", Files.readString(comm).strip());
      Path lock = home.resolve("postgres/data/postmaster.pid");
      List<String> lines = new ArrayList<>(Files.readAllLines(lock));
      lines.set(0, Long.toString(dead));
      lines.set(7, "ready   ");
      Files.write(lock, lines);

      PostgresAccess again = server.start();

      try (Connection client = connect(again)) {
        assertTrue(client.isValid(5));
      }
    } finally {
      parent.destroy();
    }
  }

  /** A process that says the pid of a child of this name, which is dead and stays unburied. */
  private Process parentOfDeadPostgres() throws IOException {
    String script =
        "mkdir bin; ln -s \"$(command -v sleep)\" bin/postgres; bin/postgres 0 & echo $!;"
            + " exec sleep 60";
    return new ProcessBuilder("sh", "-c", script).directory(home.toFile()).start();
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
