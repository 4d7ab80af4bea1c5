package app.meshguard.audit.retention;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.ingest.Shipper;
import app.meshguard.wire.TenantId;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

/** The role that destroys can do that to one tenant at a time, and nothing else. */
@RunningAuditService
class RetentionRoleIT {
  private final TenantId tenant = SampleRecords.tenant();
  @Inject Config config;

  @Test
  void cannotWriteWhatItMayErase() {
    Shipper.registered().ship(List.of(SampleRecords.decision(tenant)));
    refused("row-level security", "UPDATE log_entry SET payload = '\\x00' WHERE idx = 0");
    refused("row-level security", "UPDATE log_entry SET seed = '\\x00' WHERE idx = 0");
    refused("row-level security", "UPDATE search SET action = 'other' WHERE idx = 0");
    refused("permission denied", "UPDATE log_entry SET leaf = '{}' WHERE idx = 0");
    refused("permission denied", "UPDATE search SET decision = 'allow' WHERE idx = 0");
  }

  @Test
  void cannotReadWhatEntriesSay() {
    refused("permission denied", "SELECT payload FROM log_entry");
    refused("permission denied", "SELECT seed FROM log_entry");
    refused("permission denied", "SELECT words FROM search");
    refused("permission denied", "SELECT agent_name FROM search");
  }

  @Test
  void cannotLiftAHoldOrTouchTheTree() {
    refused("permission denied", "UPDATE hold SET lifted_at = now()");
    refused("permission denied", "DELETE FROM hold");
    refused("permission denied", "DELETE FROM tile");
    refused("permission denied", "UPDATE log SET size = 0");
    refused("permission denied", "DELETE FROM batch_span");
    refused("permission denied", "TRUNCATE log_entry");
  }

  private void refused(String why, String sql) {
    SQLException refused = assertThrows(SQLException.class, () -> run(sql), sql);
    assertTrue(refused.getMessage().contains(why), refused::getMessage);
  }

  private void run(String sql) throws SQLException {
    String prefix = "quarkus.datasource.\"retention\".";
    try (Connection connection =
            DriverManager.getConnection(
                config.getValue("meshguard.test.database.url", String.class),
                config.getValue(prefix + "username", String.class),
                config.getValue(prefix + "password", String.class));
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT set_config('meshguard.tenant', '" + tenant + "', true)");
      statement.execute(sql);
    }
  }
}
