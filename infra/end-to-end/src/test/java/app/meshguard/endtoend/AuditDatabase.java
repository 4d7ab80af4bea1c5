package app.meshguard.endtoend;

import app.meshguard.local.Part;
import app.meshguard.local.Stack;
import app.meshguard.processes.PostgresAccess;
import app.meshguard.processes.ServiceDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The audit-service's tables on a disk of their own; back where they were in the end. */
final class AuditDatabase implements AutoCloseable {
  private static final String NAME = ServiceDatabase.AUDIT.databaseName();

  private final Stack stack;

  private AuditDatabase(Stack stack) {
    this.stack = stack;
  }

  static AuditDatabase movedTo(SmallDisk disk, Stack stack) throws Exception {
    Path place = Files.createDirectory(disk.directory().resolve("tables"));
    // It belongs to whom PostgreSQL runs as.
    Path data = stack.log(Part.POSTGRES).resolveSibling("../postgres/data").normalize();
    Files.setAttribute(place, "unix:uid", Files.getAttribute(data, "unix:uid"));
    AuditDatabase database = new AuditDatabase(stack);
    stack.stop(Part.AUDIT);
    database.run(
        "CREATE TABLESPACE small LOCATION '" + place + "'",
        "ALTER DATABASE " + NAME + " SET TABLESPACE small");
    stack.start(Part.AUDIT);
    return database;
  }

  private void run(String... statements) throws SQLException {
    PostgresAccess access = stack.databases();
    try (Connection connection =
            DriverManager.getConnection(
                access.jdbcUrl("postgres"),
                PostgresAccess.SUPERUSER,
                access.password(PostgresAccess.SUPERUSER));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    stack.stop(Part.AUDIT);
    run("ALTER DATABASE " + NAME + " SET TABLESPACE pg_default", "DROP TABLESPACE IF EXISTS small");
    stack.start(Part.AUDIT);
  }
}
