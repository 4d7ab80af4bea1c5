package app.meshguard.audit.platform;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * Work on the database that needs its owner: {@code migrate} brings the schema up to date, {@code
 * partitions} (which migrate does too) makes the log's partitions for the months ahead and is meant
 * to run every day. Each prints one line and returns the exit code.
 */
final class DatabaseCommand {
  private static final int MONTHS_AHEAD = 3;

  private final String url;
  private final String username;
  private final String password;

  DatabaseCommand(String url, String username, String password) {
    this.url = url;
    this.username = username;
    this.password = password;
  }

  /** Reads {@code meshguard.migrate.*} from system properties or MESHGUARD_MIGRATE_* variables. */
  static DatabaseCommand fromSettings() {
    return new DatabaseCommand(
        setting("meshguard.migrate.url"),
        setting("meshguard.migrate.username"),
        setting("meshguard.migrate.password"));
  }

  int migrate() {
    try {
      int run =
          Flyway.configure()
              .dataSource(url, username, password)
              .locations("classpath:db/migration")
              .load()
              .migrate()
              .migrationsExecuted;
      System.out.println(
          "audit-service: " + run + " migrations run, " + makePartitions() + " partitions made");
      return 0;
    } catch (FlywayException | SQLException e) {
      System.err.println("audit-service: cannot migrate: " + e.getMessage());
      return 1;
    }
  }

  int partitions() {
    try {
      System.out.println("audit-service: " + makePartitions() + " partitions made");
      return 0;
    } catch (SQLException e) {
      System.err.println("audit-service: cannot make partitions: " + e.getMessage());
      return 1;
    }
  }

  private int makePartitions() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, username, password);
        Statement statement = connection.createStatement();
        ResultSet made =
            statement.executeQuery("SELECT make_entry_partitions(" + MONTHS_AHEAD + ")")) {
      made.next();
      return made.getInt(1);
    }
  }

  private static String setting(String name) {
    @Nullable String value = System.getProperty(name);
    if (value == null) {
      value = System.getenv(name.toUpperCase(Locale.ROOT).replace('.', '_'));
    }
    if (value == null) {
      System.err.println("audit-service: set " + name + " to run this command");
      System.exit(1);
      throw new IllegalStateException("unreachable");
    }
    return value;
  }
}
