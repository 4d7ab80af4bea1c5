package app.meshguard.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Reads the catalogue, and allows exactly what the security rules say. */
@TenantService
class DatabaseRulesIT {
  private static final String TENANT_TABLES =
      "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
          + " join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'"
          + " where n.nspname = 'public' and c.relkind in ('r', 'p')";

  private static Set<String> rows(String sql) throws SQLException {
    try (Connection connection = TestDatabaseAccess.asOwner();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      Set<String> found = new TreeSet<>();
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.append(i > 1 ? " " : "").append(rows.getString(i));
        }
        found.add(row.toString());
      }
      return found;
    }
  }

  @Test
  void everyTableOfTenantsHasRowSecurityEnabledAndForced() throws SQLException {
    assertEquals(
        Set.of(
            "tenants",
            "section_versions",
            "agents",
            "api_keys",
            "policies",
            "policy_revisions",
            "policy_publications",
            "targets",
            "revocations",
            "idempotency_keys",
            "outbox",
            "policy_history",
            "settings_history"),
        rows(TENANT_TABLES));
    assertEquals(
        Set.of(), rows(TENANT_TABLES + " and not (c.relrowsecurity and c.relforcerowsecurity)"));
  }

  @Test
  void everyUniqueKeyBeginsWithTheTenant() throws SQLException {
    assertEquals(
        Set.of("feed_subscribers", "outbox_journal"),
        rows(
            "select t.relname from pg_index i join pg_class t on t.oid = i.indrelid"
                + " join pg_namespace n on n.oid = t.relnamespace"
                + " join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]"
                + " where n.nspname = 'public' and i.indisunique and a.attname <> 'tenant_id'"
                + " and t.relname <> 'flyway_schema_history'"));
  }

  @Test
  void policiesAreTheseAndNoMore() throws SQLException {
    String own = "(tenant_id = ((current_setting('meshguard.tenant'::text))::tenant_ref)::text)";
    Set<String> expected = new TreeSet<>();
    for (String table : rows(TENANT_TABLES)) {
      expected.add(table + " own_tenant {tenant_app} ALL PERMISSIVE " + own + " " + own);
    }
    for (String table :
        List.of(
            "tenants",
            "section_versions",
            "agents",
            "policy_revisions",
            "targets",
            "revocations")) {
      expected.add(table + " feed_reads {tenant_feed} SELECT PERMISSIVE true null");
    }
    expected.add("outbox ship_reads {tenant_ship} SELECT PERMISSIVE true null");
    expected.add("outbox ship_numbers {tenant_ship} UPDATE PERMISSIVE true null");
    expected.add(
        "outbox ship_deletes {tenant_ship} DELETE PERMISSIVE (\"position\" IS NOT NULL) null");
    expected.add("policies feed_reads {tenant_feed} SELECT PERMISSIVE in_force null");
    expected.add("api_keys feed_reads {tenant_feed} SELECT PERMISSIVE (kind = 'agent'::text) null");

    assertEquals(
        expected,
        rows(
            "select tablename, policyname, roles, cmd, permissive, qual, with_check from pg_policies"));
  }

  @Test
  void rolesMayDoThisAndNoMore() throws SQLException {
    assertEquals(
        new TreeSet<>(
            Set.of(
                "tenant_app agents INSERT,SELECT,UPDATE",
                "tenant_app api_keys INSERT,SELECT,UPDATE",
                "tenant_app feed_subscribers DELETE,INSERT,SELECT,UPDATE",
                "tenant_app idempotency_keys DELETE,INSERT,SELECT",
                "tenant_app outbox INSERT",
                "tenant_app policies INSERT,SELECT,UPDATE",
                "tenant_app policy_history INSERT,SELECT",
                "tenant_app policy_publications INSERT,SELECT",
                "tenant_app policy_revisions INSERT,SELECT",
                "tenant_app revocations INSERT,SELECT",
                "tenant_app section_versions INSERT,SELECT,UPDATE",
                "tenant_app settings_history INSERT,SELECT",
                "tenant_app targets DELETE,INSERT,SELECT,UPDATE",
                "tenant_app tenants INSERT,SELECT,UPDATE",
                "tenant_feed revocations SELECT",
                "tenant_feed section_versions SELECT",
                "tenant_feed targets SELECT",
                "tenant_ship outbox DELETE,SELECT",
                "tenant_ship outbox_journal SELECT,UPDATE")),
        rows(
            "select grantee, table_name, string_agg(privilege_type, ',' order by privilege_type)"
                + " from information_schema.role_table_grants where table_schema = 'public'"
                + " and grantee <> 'tenant_migrate' group by 1, 2"));
    assertEquals(
        Set.of("agents", "api_keys", "policies", "policy_revisions", "tenants"),
        rows(
            "select distinct g.table_name from information_schema.column_privileges g"
                + " where g.grantee = 'tenant_feed' and g.privilege_type = 'SELECT' and not exists"
                + " (select from information_schema.role_table_grants t"
                + " where t.grantee = g.grantee and t.table_name = g.table_name)"));
    assertEquals(
        Set.of("outbox position"),
        rows(
            "select table_name, column_name from information_schema.column_privileges"
                + " where grantee = 'tenant_ship' and privilege_type = 'UPDATE'"
                + " and table_name <> 'outbox_journal'"));
    assertEquals(
        Set.of(),
        rows(
            "select table_name, column_name from information_schema.column_privileges"
                + " where grantee = 'tenant_feed' and (privilege_type <> 'SELECT' or column_name in"
                + " ('email', 'hint', 'created_by', 'permissions', 'capabilities', 'summary'))"));
  }

  @Test
  void noRoleOwnsTablesOrPassesRowSecurity() throws SQLException {
    assertEquals(
        Set.of("tenant_migrate"),
        rows("select distinct tableowner from pg_tables where schemaname = 'public'"));
    assertEquals(
        Set.of(),
        rows(
            "select rolname from pg_roles where rolname like 'tenant\\_%'"
                + " and (rolsuper or rolbypassrls or rolcreaterole or rolreplication)"));
    assertEquals(
        Set.of(),
        rows(
            "select a.rolname from pg_auth_members m join pg_roles a on a.oid = m.member"
                + " where a.rolname in ('tenant_app', 'tenant_feed', 'tenant_ship')"));
  }

  @Test
  void noViewAndNoDefinerFunctionStandsOverTheTables() throws SQLException {
    assertEquals(Set.of(), rows("select viewname from pg_views where schemaname = 'public'"));
    assertEquals(Set.of(), rows("select matviewname from pg_matviews"));
    assertEquals(
        Set.of(),
        rows(
            "select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
                + " where n.nspname = 'public' and p.prosecdef"));
  }

  /** Nobody but the shipper reads the outbox. */
  private static Set<String> readable() throws SQLException {
    Set<String> tables = rows(TENANT_TABLES);
    tables.remove("outbox");
    return tables;
  }

  @Test
  void anUnsetTenantIsAnErrorAndNotAnEmptyAnswer() throws SQLException {
    TestTenant tenant = TestTenant.signUp();
    for (String table : readable()) {
      try (Connection connection = TestDatabaseAccess.asApp();
          Statement statement = connection.createStatement()) {
        String count = "select count(*) from " + table + " where tenant_id is not null";
        assertThrows(SQLException.class, () -> statement.executeQuery(count), table);
        // Once set and gone again, PostgreSQL answers an empty text for the setting.
        connection.setAutoCommit(false);
        statement.execute("select set_config('meshguard.tenant', '" + tenant.orgId() + "', true)");
        statement.executeQuery(count);
        connection.commit();
        if (!Set.of(
                "idempotency_keys",
                "policies",
                "policy_publications",
                "policy_revisions",
                "targets",
                "revocations")
            .contains(table)) {
          assertThrows(SQLException.class, () -> statement.executeQuery(count), table);
        }
        connection.rollback();
      }
    }
  }

  @Test
  void oneTenantNeitherReadsNorWritesAnothersRows() throws SQLException {
    TestTenant one = TestTenant.signUp();
    TestTenant other = TestTenant.signUp();
    try (Connection connection = TestDatabaseAccess.asApp();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select set_config('meshguard.tenant', '" + one.orgId() + "', true)");
      for (String table : readable()) {
        try (ResultSet rows =
            statement.executeQuery(
                "select count(*) from " + table + " where tenant_id <> '" + one.orgId() + "'")) {
          assertTrue(rows.next());
          assertEquals(0, rows.getInt(1), table);
        }
      }
      assertEquals(
          0,
          statement.executeUpdate(
              "update agents set name = 'x' where tenant_id = '" + other.orgId() + "'"));
      assertThrows(
          SQLException.class,
          () ->
              statement.executeUpdate(
                  "insert into revocations values ('" + other.orgId() + "', 'key', 'x', now())"));
    }
  }

  @Test
  void nobodyChangesOrDeletesARevision() throws SQLException {
    TestTenant tenant = TestTenant.signUp();
    tenant.apply(TestTenant.policy("p")).then().statusCode(200);
    for (String sql :
        List.of(
            "update policy_revisions set document = 'x'",
            "delete from policy_revisions",
            "update policy_history set version = 1",
            "delete from policy_history",
            "update settings_history set version = 1",
            "delete from outbox",
            "truncate policy_revisions cascade",
            "update policy_publications set revision = 1",
            "delete from policy_publications",
            "truncate policy_publications")) {
      try (Connection connection = TestDatabaseAccess.asApp();
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute("select set_config('meshguard.tenant', '" + tenant.orgId() + "', true)");
        assertThrows(SQLException.class, () -> statement.executeUpdate(sql), sql);
      }
    }
  }
}
