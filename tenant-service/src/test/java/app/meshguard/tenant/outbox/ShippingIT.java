package app.meshguard.tenant.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.tenant.ShippedRecords;
import app.meshguard.tenant.TenantService;
import app.meshguard.tenant.TestDatabaseAccess;
import app.meshguard.tenant.TestTenant;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever fails between the commit of a change and its place in the log, it is there once. */
@TenantService
class ShippingIT {
  private static final String CUT =
      "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'tenant_ship'"
          + " and datname = current_database()";

  @AfterEach
  void mend() {
    ShippedRecords.audit("up");
  }

  private static void rename(TestTenant tenant, int first, int count) {
    for (int i = first; i < first + count; i++) {
      tenant.patch("/admin/tenant", Map.of("name", "n" + i)).then().statusCode(200);
    }
  }

  private static List<String> names(TestTenant tenant, int count) {
    return ShippedRecords.await(tenant.orgId(), all -> renames(all).size() >= count).stream()
        .filter(ShippingIT::isRename)
        .map(record -> record.at("/change/after/name").asText())
        .toList();
  }

  private static List<JsonNode> renames(List<JsonNode> all) {
    return all.stream().filter(ShippingIT::isRename).toList();
  }

  private static boolean isRename(JsonNode record) {
    return record.path("change").path("type").asText().equals("tenant.changed");
  }

  private static List<String> upTo(int count) {
    return java.util.stream.IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
  }

  private static long count(String sql) throws SQLException {
    try (Connection connection = TestDatabaseAccess.asShipper();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void cut() throws SQLException {
    // A role may end the sessions of its own.
    try (Connection connection = TestDatabaseAccess.asShipper();
        Statement statement = connection.createStatement()) {
      statement.execute(CUT + " and pid <> pg_backend_pid()");
    }
  }

  @Test
  void waitsWhileTheAuditServiceIsAwayAndShipsInOrderThen() throws SQLException {
    TestTenant tenant = TestTenant.signUp();
    ShippedRecords.audit("down");
    rename(tenant, 0, 5);

    assertEquals(
        5,
        count(
            "select count(*) from outbox where tenant_id = '"
                + tenant.orgId()
                + "' and record like '%tenant.changed%'"));
    ShippedRecords.audit("up");

    assertEquals(upTo(5), names(tenant, 5));
  }

  @Test
  void aLostAnswerDoesNotMakeTwo() {
    TestTenant tenant = TestTenant.signUp();
    ShippedRecords.audit("cut");
    rename(tenant, 0, 3);
    names(tenant, 1);
    ShippedRecords.audit("up");
    rename(tenant, 3, 1);

    assertEquals(upTo(4), names(tenant, 4));
  }

  @Test
  void aShipperThatIsCutFromTheDatabaseAgainAndAgainLosesNothing() throws Exception {
    TestTenant tenant = TestTenant.signUp();
    TestTenant other = TestTenant.signUp();
    try (ExecutorService admins = Executors.newFixedThreadPool(2)) {
      Future<?> one = admins.submit(() -> rename(tenant, 0, 20));
      Future<?> two = admins.submit(() -> rename(other, 0, 20));
      while (!one.isDone() || !two.isDone()) {
        cut();
      }
      one.get();
      two.get();
    }

    assertEquals(upTo(20), names(tenant, 20));
    assertEquals(upTo(20), names(other, 20));
    assertEquals(
        0, count("select numbered - (select max(position) from outbox) from outbox_journal"));
    assertEquals(
        0,
        count(
            "select count(*) from (select position - lag(position) over (order by position) as step"
                + " from outbox where position is not null) s where step <> 1"));
  }

  @Test
  void aLogThatWasRestoredGetsWhatItLostAgain() throws SQLException {
    TestTenant tenant = TestTenant.signUp();
    rename(tenant, 0, 2);
    assertEquals(upTo(2), names(tenant, 2));
    ShippedRecords.audit("forget");
    // The shipper learns of it when it registers again.
    cut();
    rename(tenant, 2, 1);

    assertTrue(names(tenant, 5).containsAll(upTo(3)));
  }
}
