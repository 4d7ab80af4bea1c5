package app.meshguard.bench.evidence;

import app.meshguard.processes.PostgresAccess;
import app.meshguard.processes.ServiceDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The audit-service's tables, looked at past the service: how far each part of it has come. */
final class LogTables implements AutoCloseable {
  private final Connection connection;

  LogTables(PostgresAccess access) throws SQLException {
    connection =
        DriverManager.getConnection(
            access.jdbcUrl(ServiceDatabase.AUDIT.databaseName()),
            PostgresAccess.SUPERUSER,
            access.password(PostgresAccess.SUPERUSER));
  }

  Connection connection() {
    return connection;
  }

  /** Entries that no signed checkpoint covers yet. */
  long unsigned() throws SQLException {
    return number(
            "SELECT coalesce(sum(h.next_index - l.first_idx - l.size"
                + " + CASE WHEN l.preamble IS NULL THEN 0 ELSE 1 END), 0)"
                + " FROM head h JOIN log l USING (tenant_id) WHERE l.state = 'open'")
        + number(
            "SELECT coalesce(sum(next_index), 0) FROM head h WHERE NOT EXISTS"
                + " (SELECT FROM log l WHERE l.tenant_id = h.tenant_id)");
  }

  /** The last batch that is committed. */
  long lastBatch() throws SQLException {
    return number("SELECT last_batch FROM ingest_lock");
  }

  /** The last batch that search holds whole, or a part of. */
  long projectedBatch() throws SQLException {
    return number("SELECT batch FROM projection_place");
  }

  /** The number that a batch got. */
  long batch(UUID journal, long lastPosition) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT batch FROM batch WHERE journal = ? AND last_position = ?")) {
      statement.setObject(1, journal);
      statement.setLong(2, lastPosition);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  /** The number of each decision's leaf in its tenant's first log. */
  Map<String, Long> leaves(String tenant) throws SQLException {
    Map<String, Long> leaves = new HashMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT convert_from(leaf, 'UTF8')::jsonb ->> 'decisionId', idx FROM log_entry"
                + " WHERE tenant_id = ?")) {
      statement.setString(1, tenant);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          leaves.put(rows.getString(1), rows.getLong(2));
        }
      }
    }
    return leaves;
  }

  private long number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
