package app.meshguard.processes;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Makes roles and databases on a running PostgreSQL; what is there is kept. */
public final class DatabaseSetup {
  private final PostgresAccess access;

  public DatabaseSetup(PostgresAccess access) {
    this.access = access;
  }

  /** Makes all roles, with the passwords of this access, and the database of each service. */
  public void makeAll() {
    try (Connection server = connect("postgres")) {
      for (ServiceDatabase database : ServiceDatabase.values()) {
        makeRoles(server, database);
        makeDatabase(server, database, database.databaseName());
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot prepare the databases of " + access, e);
    }
  }

  /** Makes one more database for a service, for a test that wants one of its own. */
  public void makeDatabase(ServiceDatabase database, String name) {
    try (Connection server = connect("postgres")) {
      makeDatabase(server, database, name);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot make database " + name + " on " + access, e);
    }
  }

  /** Drops such a database, with whoever is connected to it. */
  public void dropDatabase(String name) {
    try (Connection server = connect("postgres");
        Statement statement = server.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + quote(name) + " WITH (FORCE)");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot drop database " + name + " on " + access, e);
    }
  }

  private void makeRoles(Connection server, ServiceDatabase database) throws SQLException {
    List<String> roles = new ArrayList<>(database.users());
    roles.add(database.owner());
    try (Statement statement = server.createStatement()) {
      for (String role : roles) {
        String verb =
            exists(server, "SELECT 1 FROM pg_roles WHERE rolname = ?", role) ? "ALTER" : "CREATE";
        // Passwords are our own base64url text: nothing in them to escape.
        statement.execute(
            verb
                + " ROLE "
                + quote(role)
                + " LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD '"
                + access.password(role)
                + "'");
      }
    }
  }

  private static void makeDatabase(Connection server, ServiceDatabase database, String name)
      throws SQLException {
    boolean there = exists(server, "SELECT 1 FROM pg_database WHERE datname = ?", name);
    try (Statement statement = server.createStatement()) {
      if (!there) {
        statement.execute(
            "CREATE DATABASE "
                + quote(name)
                + " OWNER "
                + quote(database.owner())
                + " TEMPLATE template0");
        statement.execute("REVOKE ALL ON DATABASE " + quote(name) + " FROM PUBLIC");
      }
      // Also where the database is older than one of its roles.
      for (String role : database.users()) {
        statement.execute("GRANT CONNECT ON DATABASE " + quote(name) + " TO " + quote(role));
      }
    }
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        access.jdbcUrl(database),
        PostgresAccess.SUPERUSER,
        access.password(PostgresAccess.SUPERUSER));
  }

  private static boolean exists(Connection server, String query, String name) throws SQLException {
    try (PreparedStatement statement = server.prepareStatement(query)) {
      statement.setString(1, name);
      return statement.executeQuery().next();
    }
  }

  private static String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
