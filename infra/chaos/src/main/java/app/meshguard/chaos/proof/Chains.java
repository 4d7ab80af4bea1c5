package app.meshguard.chaos.proof;

import app.meshguard.processes.PostgresAccess;
import app.meshguard.processes.ServiceDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The log as it lies in the database, read past the service as a superuser can. */
public final class Chains {
  private static final String CHAIN =
      "SELECT count(*), count(DISTINCT idx), coalesce(max(idx), -1),"
          + " (SELECT next_index FROM head WHERE tenant_id = ?) FROM log_entry"
          + " WHERE tenant_id = ?";

  private final PostgresAccess access;

  public Chains(PostgresAccess access) {
    this.access = access;
  }

  /**
   * A tenant's indexes.
   *
   * @param entries rows in the log
   * @param different rows with an index of their own
   * @param last the greatest index
   * @param next the index that the next entry will get
   */
  public record Chain(long entries, long different, long last, long next) {
    public boolean isGapFree() {
      return entries == different && last == entries - 1 && next == entries;
    }
  }

  public Chain of(String tenant) {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(CHAIN)) {
      statement.setString(1, tenant);
      statement.setString(2, tenant);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Chain(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the log cannot be read in the database", e);
    }
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        access.jdbcUrl(ServiceDatabase.AUDIT.databaseName()),
        PostgresAccess.SUPERUSER,
        access.password(PostgresAccess.SUPERUSER));
  }
}
