package app.meshguard.audit.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.meshguard.audit.OwnerView;
import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.wire.TenantId;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RunningAuditService
class EmptyPartitionsIT {
  private final TenantId tenant = SampleRecords.tenant();
  @Inject OwnerView owner;
  @Inject Config config;

  @BeforeEach
  void makeAPastMonth() throws SQLException {
    asOwner(
        "CREATE TABLE log_entry_2020_01 PARTITION OF log_entry"
            + " FOR VALUES FROM ('2020-01-01Z') TO ('2020-02-01Z')");
    asOwner("ALTER TABLE log_entry_2020_01 ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY");
  }

  @AfterEach
  void dropIt() throws SQLException {
    asOwner("DROP TABLE IF EXISTS log_entry_2020_01");
  }

  @Test
  void areDroppedAndThoseOfTodayAreNot() {
    int before = partitions().size();
    assertEquals(1, dropped());
    assertEquals(before - 1, partitions().size());
    assertEquals(0, dropped());
  }

  @Test
  void areKeptWhileTheyHoldAnythingOfAnybody() throws SQLException {
    as(
        "ingest",
        "INSERT INTO log_entry (tenant_id, idx, appended_at, batch, ordinal, leaf)"
            + " VALUES ('"
            + tenant
            + "', 0, '2020-01-15Z', 0, 0, '{}')");
    assertEquals(0, dropped());
    assertEquals(
        List.of("log_entry_2020_01 true"),
        owner.asOwner(
            "SELECT relname || ' ' || relforcerowsecurity FROM pg_class"
                + " WHERE relname = 'log_entry_2020_01'",
            row -> row.getString(1)));
    as(
        "retention",
        "SELECT set_config('meshguard.tenant', '" + tenant + "', true)",
        "DELETE FROM log_entry WHERE tenant_id = '" + tenant + "' AND idx = 0");
    assertEquals(1, dropped());
  }

  private int dropped() {
    return owner.asOwner("SELECT drop_empty_partitions()", row -> row.getInt(1)).getFirst();
  }

  private List<String> partitions() {
    return owner.asOwner(
        "SELECT inhrelid::regclass::text FROM pg_inherits"
            + " WHERE inhparent = 'log_entry'::regclass",
        row -> row.getString(1));
  }

  private void asOwner(String sql) throws SQLException {
    try (Connection connection = owner.ownerConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void as(String source, String... statements) throws SQLException {
    String prefix = "quarkus.datasource.\"" + source + "\".";
    try (Connection connection =
            DriverManager.getConnection(
                config.getValue("meshguard.test.database.url", String.class),
                config.getValue(prefix + "username", String.class),
                config.getValue(prefix + "password", String.class));
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String sql : statements) {
        statement.execute(sql);
      }
      connection.commit();
    }
  }
}
