package app.meshguard.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GuardedPostgresIT {
  private static GuardedPostgres postgres;

  @BeforeAll
  static void startsServer() {
    postgres = GuardedPostgres.start();
  }

  @AfterAll
  static void stopsServer() {
    postgres.close();
    assertTrue(FreePorts.isFree(postgres.access().port()));
  }

  @Test
  void isDurableAndOnLoopbackOnly() throws SQLException {
    assertEquals("on", superuser("SHOW fsync"));
    assertEquals("on", superuser("SHOW synchronous_commit"));
    assertEquals("on", superuser("SHOW full_page_writes"));
    assertEquals("on", superuser("SHOW data_checksums"));
    assertEquals("127.0.0.1", superuser("SHOW listen_addresses"));
    assertEquals("UTF8", superuser("SHOW server_encoding"));
  }

  @Test
  void givesNoRoleMoreThanItNeeds() throws SQLException {
    assertEquals(
        "0",
        superuser(
            "SELECT count(*) FROM pg_roles WHERE rolname ~ '^(tenant|decision|audit)_'"
                + " AND (rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole)"));
  }

  @Test
  void letsARoleInToItsOwnDatabaseOnly() throws SQLException {
    assertEquals("tenant_app", ask("meshguard_tenant", "tenant_app", "SELECT current_user"));
    assertThrows(SQLException.class, () -> ask("meshguard_audit", "tenant_app", "SELECT 1"));
  }

  @Test
  void letsOnlyTheOwnerMakeTables() throws SQLException {
    assertThrows(
        SQLException.class,
        () -> ask("meshguard_tenant", "tenant_app", "CREATE TABLE a (b int) RETURNING 1"));
    try (Connection owner = connect("meshguard_tenant", "tenant_migrate")) {
      assertFalse(owner.createStatement().execute("CREATE TABLE made_by_owner (b int)"));
    }
  }

  @Test
  void refusesAWrongPassword() {
    String url = postgres.access().jdbcUrl("meshguard_tenant");
    assertThrows(
        SQLException.class, () -> DriverManager.getConnection(url, "tenant_app", "guessed"));
  }

  @Test
  void preparingAgainChangesNothing() throws SQLException {
    new DatabaseSetup(postgres.access()).makeAll();
    assertEquals("audit_feed", ask("meshguard_audit", "audit_feed", "SELECT current_user"));
  }

  private static String superuser(String query) throws SQLException {
    return ask("postgres", PostgresAccess.SUPERUSER, query);
  }

  private static String ask(String database, String role, String query) throws SQLException {
    try (Connection connection = connect(database, role);
        ResultSet result = connection.createStatement().executeQuery(query)) {
      result.next();
      return result.getString(1);
    }
  }

  private static Connection connect(String database, String role) throws SQLException {
    PostgresAccess access = postgres.access();
    return DriverManager.getConnection(access.jdbcUrl(database), role, access.password(role));
  }
}
