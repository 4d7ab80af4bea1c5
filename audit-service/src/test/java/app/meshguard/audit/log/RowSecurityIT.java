package app.meshguard.audit.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.ingest.Shipper;
import app.meshguard.wire.TenantId;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

/** What the roles reach when a query forgets the tenant. */
@RunningAuditService
class RowSecurityIT {
  private static final String TENANTS =
      "SELECT DISTINCT tenant_id FROM search UNION SELECT DISTINCT tenant_id FROM seen_agent UNION SELECT DISTINCT tenant_id FROM rollup UNION SELECT DISTINCT tenant_id FROM latency_rollup"
          + " UNION SELECT DISTINCT tenant_id FROM log_entry"
          + " UNION SELECT DISTINCT tenant_id FROM batch_span";

  private final TenantId a = SampleRecords.tenant();
  private final TenantId b = SampleRecords.tenant();

  @Inject Config config;

  @Test
  void showsTheAppOneTenantOnly() throws SQLException {
    shipBoth();

    assertEquals(
        List.of(a.value()),
        as("", "SELECT set_config('meshguard.tenant', '" + a + "', true)", TENANTS));
  }

  @Test
  void failsWithoutATenantAndAfterTheTransactionThatSetOne() throws SQLException {
    shipBoth();

    assertRefused("no tenant is set", () -> as("", TENANTS));
    assertRefused(
        "no tenant is set",
        () ->
            as("", "SELECT set_config('meshguard.tenant', '" + a + "', true)", "COMMIT", TENANTS));
  }

  @Test
  void showsWhoFollowsTheLogAllTenants() throws SQLException {
    shipBoth();

    for (String follower : List.of("feed", "project", "sign")) {
      for (String table : List.of("log_entry", "batch_span")) {
        assertTrue(
            as(follower, "SELECT DISTINCT tenant_id FROM " + table)
                .containsAll(List.of(a.value(), b.value())),
            follower);
      }
    }
  }

  @Test
  void refusesEveryOtherWay() {
    String tenant = "SELECT set_config('meshguard.tenant', '" + a + "', true)";
    assertRefused("permission denied", () -> as("", tenant, "DELETE FROM search"));
    assertRefused(
        "permission denied", () -> as("", tenant, "UPDATE search SET decision = 'allow'"));
    assertRefused("permission denied", () -> as("", tenant, "SELECT next_index::text FROM head"));
    assertRefused("permission denied", () -> as("", "SELECT tenant_id FROM search_default"));
    assertRefused("permission denied", () -> as("", "SELECT make_partitions(1)::text"));
    assertRefused("permission denied", () -> as("ingest", "SELECT tenant_id FROM search"));
    assertRefused("permission denied", () -> as("ingest", "SELECT error FROM quarantine"));
    assertRefused("permission denied", () -> as("ingest", "TRUNCATE search"));
    assertRefused("permission denied", () -> as("ingest", "SELECT tenant_id FROM log_entry"));
    assertRefused("permission denied", () -> as("", tenant, "DELETE FROM log_entry"));
    assertRefused("permission denied", () -> as("", tenant, "UPDATE log_entry SET leaf = ''"));
    assertRefused("permission denied", () -> as("", "SELECT tenant_id FROM log_entry_default"));
    for (String follower : List.of("feed", "project", "sign")) {
      assertRefused("permission denied", () -> as(follower, "DELETE FROM log_entry"));
      assertRefused("permission denied", () -> as(follower, "UPDATE log_entry SET leaf = ''"));
      assertRefused("permission denied", () -> as(follower, "DELETE FROM batch_span"));
    }
    assertRefused("permission denied", () -> as("sign", "UPDATE log SET origin = ''"));
    assertRefused("permission denied", () -> as("sign", "DELETE FROM tile"));
    assertRefused("permission denied", () -> as("feed", "DELETE FROM search"));
    assertRefused("permission denied", () -> as("feed", "SELECT action FROM search"));
    assertRefused("permission denied", () -> as("project", "SELECT idx::text FROM search"));
    assertRefused("permission denied", () -> as("project", "DELETE FROM rollup"));
  }

  private void shipBoth() {
    Shipper.registered().ship(List.of(SampleRecords.decision(a), SampleRecords.decision(b)));
  }

  private static void assertRefused(
      String why, org.junit.jupiter.api.function.Executable statement) {
    SQLException refused = assertThrows(SQLException.class, statement);
    assertTrue(refused.getMessage().contains(why), refused::getMessage);
  }

  /** Runs statements in a transaction and answers the last one's first column. */
  private List<String> as(String source, String... statements) throws SQLException {
    String prefix = "quarkus.datasource." + (source.isEmpty() ? "" : "\"" + source + "\".");
    try (Connection connection =
            DriverManager.getConnection(
                config.getValue("meshguard.test.database.url", String.class),
                config.getValue(prefix + "username", String.class),
                config.getValue(prefix + "password", String.class));
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      boolean rows = false;
      for (String sql : statements) {
        rows = statement.execute(sql);
      }
      List<String> read = new ArrayList<>();
      if (rows) {
        ResultSet result = statement.getResultSet();
        while (result.next()) {
          read.add(result.getString(1));
        }
      }
      return read;
    }
  }
}
