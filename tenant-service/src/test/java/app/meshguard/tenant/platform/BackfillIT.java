package app.meshguard.tenant.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.migration.DatabaseOwner;
import app.meshguard.migration.Migrations;
import app.meshguard.processes.DatabaseSetup;
import app.meshguard.processes.PostgresAccess;
import app.meshguard.processes.ServiceDatabase;
import app.meshguard.testsupport.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.Driver;

/** What later migrations make of rows that the first release wrote. */
class BackfillIT {
  private static final String TENANT = "org_0123456789abcdef";

  private final PostgresAccess access = TestPostgres.access();
  private final String name =
      "meshguard_tenant_backfill_" + UUID.randomUUID().toString().substring(0, 8);
  private final DatabaseOwner owner =
      new DatabaseOwner(
          access.jdbcUrl(name),
          ServiceDatabase.TENANT.owner(),
          access.password(ServiceDatabase.TENANT.owner()));

  /** Beside tests of Quarkus, which loads drivers for itself alone. */
  @BeforeAll
  static void driver() {
    assertTrue(Driver.isRegistered());
  }

  @BeforeEach
  void firstRelease() throws SQLException {
    new DatabaseSetup(access).makeDatabase(ServiceDatabase.TENANT, name);
    migrate(1);
    write(
        "insert into tenants (tenant_id, name, email, timezone, medium_risk_per_minute, created_at)"
            + " values ('org_0123456789abcdef', 'Acme', 'a@b.c', 'Europe/Berlin', 7, now())",
        "insert into section_versions values ('org_0123456789abcdef', 5, 9, 1)",
        "insert into policies values ('org_0123456789abcdef', 'policy_a', 'a', 2, true,"
            + " '{}', now(), now())",
        "insert into policies values ('org_0123456789abcdef', 'policy_b', 'b', 1, false,"
            + " '{}', now(), now())",
        "insert into policy_revisions values"
            + " ('org_0123456789abcdef', 'policy_a', 1, 'one', 'k1', now() - interval '1 day'),"
            + " ('org_0123456789abcdef', 'policy_a', 2, 'two', 'k2', now()),"
            + " ('org_0123456789abcdef', 'policy_b', 1, 'gone', 'k1', now())",
        "insert into targets values ('org_0123456789abcdef', 'target_1', 't', 'https://x', true,"
            + " 'also', '[]', '{}', '{\"stage\":1.50}', now(), now())");
  }

  @AfterEach
  void drop() {
    new DatabaseSetup(access).dropDatabase(name);
  }

  private void migrate(int scripts) {
    new Migrations(TenantServiceMain.class, TenantServiceMain.SCRIPTS.subList(0, scripts))
        .run(owner);
  }

  private Connection app() throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            access.jdbcUrl(name), "tenant_app", access.password("tenant_app"));
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("select set_config('meshguard.tenant', '" + TENANT + "', true)");
    }
    return connection;
  }

  private void write(String... sql) throws SQLException {
    try (Connection connection = app();
        Statement statement = connection.createStatement()) {
      for (String one : sql) {
        statement.executeUpdate(one);
      }
      connection.commit();
    }
  }

  private List<String> read(String sql) throws SQLException {
    try (Connection connection = app();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  @Test
  void eachRevisionWasInForceFromTheMomentItWasStored() throws SQLException {
    migrate(2);

    assertEquals(
        List.of(
            "policy_a 1 publish 1 null k1",
            "policy_a 2 publish 2 1 k2",
            "policy_b 1 publish 1 null k1"),
        read(
            "select concat_ws(' ', policy_id, number, kind, revision, coalesce(previous::text,"
                + " 'null'), created_by) from policy_publications order by 1"));
    assertEquals(
        List.of("3"),
        read(
            "select count(*) from policy_publications p join policy_revisions r using"
                + " (tenant_id, policy_id, revision) where p.created_at = r.created_at"));
  }

  @Test
  void whatIsInForceIsWhatThePresentVersionsMean() throws SQLException {
    migrate(3);

    List<String> policies = read("select version || ' ' || policies from policy_history");
    assertEquals(1, policies.size());
    assertTrue(policies.getFirst().startsWith("5 [{\"id\" : \"policy_a\", \"name\" : \"a\""));
    List<String> settings = read("select version || ' ' || settings from settings_history");
    assertEquals(1, settings.size());
    assertTrue(settings.getFirst().contains("\"timezone\" : \"Europe/Berlin\""));
    assertTrue(settings.getFirst().contains("{\"stage\":1.50}"));
  }

  @Test
  void whatTheReleaseBeforeWritesIsKeptToo() throws SQLException {
    migrate(3);
    // As that release puts another revision in force: it knows of no history.
    write(
        "update policies set revision = 1 where id = 'policy_a'",
        "update section_versions set policies = 6");
    write("update section_versions set policies = 7, directory = 10");

    assertEquals(
        List.of("5 2", "6 1"),
        read(
            "select version || ' ' || (policies::json -> 0 ->> 'revision') from policy_history"
                + " order by version"));
    assertEquals(List.of("9"), read("select version from settings_history"));
  }
}
