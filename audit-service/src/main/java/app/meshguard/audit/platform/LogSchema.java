package app.meshguard.audit.platform;

import app.meshguard.migration.DatabaseOwner;
import app.meshguard.migration.Migrations;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The log's schema and its partitions, which a job makes ahead every day. */
public final class LogSchema {
  static final List<String> SCRIPTS =
      List.of(
          "V1__log.sql",
          "V2__evidence.sql",
          "V4__search.sql",
          "V5__export.sql",
          "V6__lifecycle.sql");
  private static final int MONTHS_AHEAD = 3;

  private LogSchema() {}

  /** Brings the schema up to date and makes the partitions of the months ahead. */
  public static String migrate(DatabaseOwner owner) throws SQLException {
    String migrated = new Migrations(LogSchema.class, SCRIPTS).run(owner);
    return migrated + ", " + makePartitions(owner);
  }

  /** Makes the partitions that are not there yet, and drops those that retention has emptied. */
  public static String makePartitions(DatabaseOwner owner) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(owner.url(), owner.username(), owner.password());
        Statement statement = connection.createStatement();
        ResultSet done =
            statement.executeQuery(
                "SELECT make_partitions(" + MONTHS_AHEAD + "), drop_empty_partitions()")) {
      done.next();
      return done.getInt(1) + " partitions made, " + done.getInt(2) + " dropped";
    }
  }
}
