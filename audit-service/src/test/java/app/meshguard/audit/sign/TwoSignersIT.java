package app.meshguard.audit.sign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.log.EntryId;
import app.meshguard.audit.tree.RightEdge;
import app.meshguard.audit.tree.TreeHasher;
import app.meshguard.processes.PostgresAccess;
import app.meshguard.testsupport.TestDatabase;
import app.meshguard.testsupport.TestKeys;
import app.meshguard.testsupport.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;

/**
 * Two signers of one database, in processes of their own; one is halted where it does most harm.
 */
class TwoSignersIT {
  private static final long LIMIT_NANOS = 60_000_000_000L;
  private static final String WAITS_FOR_THE_HEAD =
      "SELECT count(*) FROM pg_locks a JOIN pg_stat_activity s ON s.pid = a.pid"
          + " WHERE a.locktype = 'advisory' AND a.granted AND s.wait_event_type = 'Lock'"
          + " AND s.datname = current_database()";

  @TempDir Path directory;

  private final TreeHasher hasher = new TreeHasher();
  private final List<byte[]> leafHashes = new ArrayList<>();
  private final List<Process> processes = new ArrayList<>();
  private TestDatabase database;
  private Connection superuser;
  private long batch;

  @BeforeEach
  void makeADatabase() throws SQLException {
    // A service that ran in this JVM before has looked for drivers in a class loader of its own.
    DriverManager.registerDriver(new Driver());
    database = TestDatabase.create("audit");
    superuser = connect();
  }

  @AfterEach
  void endEverything() throws Exception {
    for (Process process : processes) {
      signal("KILL", process);
      process.waitFor();
    }
    superuser.close();
    database.close();
  }

  @Test
  void forkNothingAndLeaveNoGapWhenOneIsHaltedWithTheLock() throws Exception {
    append(10);
    Process first = start("first");
    awaitSize(10);

    try (Connection holder = connect();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.executeQuery("SELECT FROM log FOR UPDATE").close();
      append(5);
      // It has the signers' lock, has signed, and waits for the row that this test holds.
      await(() -> number(WAITS_FOR_THE_HEAD) == 1);
      signal("STOP", first);
      holder.rollback();
    }
    Process second = start("second");
    append(3);
    awaitSize(18);
    signal("CONT", first);
    append(4);
    awaitSize(22);
    signal("KILL", second);
    second.waitFor();
    append(4);
    // The one that was halted goes on.
    awaitSize(26);

    assertTrue(Files.readString(directory.resolve("first.txt")).contains("a round failed"));
    List<String> heads = signedHeads();
    assertTrue(heads.stream().anyMatch(head -> head.startsWith("18 ")), heads::toString);
    for (String head : heads) {
      int size = Integer.parseInt(head.substring(0, head.indexOf(' ')));
      assertEquals(size + " " + Base64.getEncoder().encodeToString(root(size)), head);
    }
    try (ResultSet log =
        superuser.createStatement().executeQuery("SELECT size, root, state FROM log")) {
      log.next();
      assertEquals(26, log.getLong(1));
      assertArrayEquals(root(26), log.getBytes(2));
      assertEquals("open", log.getString(3));
    }
  }

  private Process start(String name) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            SignerProcess.class.getName(),
            TestKeys.deployment().logMasters().toString(),
            directory.resolve("guard").toString());
    builder
        .environment()
        .putAll(
            java.util.Map.of(
                "SIGNER_URL",
                database.settings().get("quarkus.datasource.\"sign\".reactive.url"),
                "SIGNER_PASSWORD",
                database.password("audit_sign")));
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(name + ".txt").toFile())
            .start();
    processes.add(process);
    return process;
  }

  /** Appends a batch of one tenant's entries, as ingest does. */
  private void append(int count) throws SQLException {
    batch++;
    long first = leafHashes.size();
    ByteArrayOutputStream hashes = new ByteArrayOutputStream();
    try (Connection connection = connect();
        PreparedStatement entry =
            connection.prepareStatement(
                "INSERT INTO log_entry (tenant_id, idx, appended_at, batch, ordinal, leaf)"
                    + " VALUES ('org_a', ?, now(), ?, ?, ?)");
        PreparedStatement span =
            connection.prepareStatement(
                "INSERT INTO batch_span (tenant_id, batch, first_idx, entries, leaves_hash,"
                    + " appended_at) VALUES ('org_a', ?, ?, ?, ?, now())");
        PreparedStatement head =
            connection.prepareStatement(
                "INSERT INTO head VALUES ('org_a', ?)"
                    + " ON CONFLICT (tenant_id) DO UPDATE SET next_index = excluded.next_index")) {
      connection.setAutoCommit(false);
      for (int i = 0; i < count; i++) {
        byte[] leaf = ("entry " + (first + i)).getBytes(StandardCharsets.UTF_8);
        entry.setLong(1, first + i);
        entry.setLong(2, batch);
        entry.setInt(3, i);
        entry.setBytes(4, leaf);
        entry.executeUpdate();
        leafHashes.add(hasher.leaf(leaf));
        hashes.writeBytes(leafHashes.getLast());
      }
      span.setLong(1, batch);
      span.setLong(2, first);
      span.setInt(3, count);
      span.setBytes(4, EntryId.sha256(hashes.toByteArray()));
      span.executeUpdate();
      head.setLong(1, first + count);
      head.executeUpdate();
      connection.commit();
    }
  }

  private byte[] root(int size) {
    RightEdge edge = RightEdge.empty();
    leafHashes.subList(0, size).forEach(edge::append);
    return edge.root();
  }

  /** Size and root of everything that was signed: the guard has it all, whoever signed. */
  private List<String> signedHeads() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("guard"))) {
      List<String> heads = new ArrayList<>();
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          heads.addAll(List.of(String.join(" ", Arrays.asList(line.split(" ")).subList(5, 7))));
        }
      }
      return heads;
    }
  }

  private void awaitSize(long size) {
    await(() -> number("SELECT coalesce(max(size), 0) FROM log") == size);
  }

  private long number(String sql) {
    try (Statement statement = superuser.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void await(java.util.function.BooleanSupplier wanted) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!wanted.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it did not come to that; see " + directory);
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static void signal(String signal, Process process) throws Exception {
    new ProcessBuilder("sh", "-c", "kill -s " + signal + " " + process.pid()).start().waitFor();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl(),
        PostgresAccess.SUPERUSER,
        TestPostgres.access().password(PostgresAccess.SUPERUSER));
  }
}
