package app.meshguard.tenant.bundle;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.tenant.TenantService;
import app.meshguard.tenant.TestDatabaseAccess;
import app.meshguard.tenant.TestTenant;
import app.meshguard.tenant.platform.Json;
import app.meshguard.testsupport.TestKeys;
import app.meshguard.wire.ServiceHeaders;
import app.meshguard.wire.bundle.FeedAck;
import app.meshguard.wire.bundle.FeedEvent;
import app.meshguard.wire.bundle.Revocation;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@TenantService
class FeedIT {

  private static FeedStream connect(String replica, boolean acknowledging) throws Exception {
    return new FeedStream(
        "http://localhost:" + RestAssured.port,
        replica,
        event -> {
          if (acknowledging) {
            acknowledge(replica, event).then().statusCode(204);
          }
        });
  }

  private static FeedAck ack(String replica, FeedEvent event) {
    return new FeedAck(
        replica, event.tenantId(), event.policies(), event.directory(), event.revocations());
  }

  private static Response acknowledge(String replica, FeedEvent event) {
    return TestTenant.replica()
        .contentType("application/json")
        .body(Json.write(ack(replica, event)))
        .post("/internal/feed/ack");
  }

  /** Each test starts with nobody connected. */
  @AfterEach
  void everybodyIsGone() throws SQLException {
    execute("delete from feed_subscribers where subscription in ('s1', 'dead')");
    until(() -> subscribers() == 0);
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = TestDatabaseAccess.asOwner();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long subscribers() {
    try (Connection connection = TestDatabaseAccess.asOwner();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from feed_subscribers")) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void until(BooleanSupplier condition) {
    Uni.createFrom()
        .item(condition::getAsBoolean)
        .repeat()
        .withDelay(Duration.ofMillis(20))
        .until(done -> done)
        .collect()
        .last()
        .await()
        .atMost(Duration.ofSeconds(10));
  }

  @Test
  void tellsAWriteAndAnswersItWhenTheReplicaHasIt() throws Exception {
    TestTenant tenant = TestTenant.signUp();
    try (FeedStream feed = connect("a", true)) {
      tenant
          .delete("/admin/agents/" + tenant.agentId())
          .then()
          .statusCode(200)
          .body("propagated", equalTo(true));

      FeedEvent event = feed.next();
      assertEquals(tenant.orgId(), event.tenantId().value());
      assertEquals(2, event.directory());
      assertEquals(2, event.revocations());
      assertEquals(1, event.policies());
      assertEquals(Revocation.Kind.AGENT, event.revoked().getFirst().kind());
      assertEquals(tenant.agentId(), event.revoked().getFirst().id());
    }
  }

  @Test
  void saysSoWhenAReplicaDoesNotAcknowledge() throws Exception {
    TestTenant tenant = TestTenant.signUp();
    try (FeedStream good = connect("a", true);
        FeedStream slow = connect("b", false)) {
      tenant
          .apply(TestTenant.policy("p"))
          .then()
          .statusCode(200)
          .body("propagated", equalTo(false));
      assertNotNull(good.next());
      assertNotNull(slow.next());
    }
  }

  @Test
  void waitsForNobodyOnceAReplicaHasGone() throws Exception {
    connect("a", false).close();
    until(() -> subscribers() == 0);
    TestTenant.signUp().apply(TestTenant.policy("p")).then().body("propagated", equalTo(true));
  }

  @Test
  void waitsForReplicasOfOtherInstancesAndHearsTheirAcknowledgements() throws Exception {
    TestTenant tenant = TestTenant.signUp();
    execute("insert into feed_subscribers values ('s1', 'elsewhere', now() + interval '1 minute')");
    tenant.apply(TestTenant.policy("p")).then().body("propagated", equalTo(false));

    // Another instance of this service passes its replica's acknowledgement on.
    try (FeedStream here =
        new FeedStream(
            "http://localhost:" + RestAssured.port,
            "here",
            event -> {
              acknowledge("here", event);
              notify(Json.write(ack("elsewhere", event)));
            })) {
      tenant.apply(TestTenant.policy("q")).then().body("propagated", equalTo(true));
      assertNotNull(here.next());
    }
  }

  private static void notify(String ack) {
    try (Connection connection = TestDatabaseAccess.asApp();
        PreparedStatement statement =
            connection.prepareStatement("select pg_notify('meshguard_acks', ?)")) {
      statement.setString(1, ack);
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void forgetsInstancesThatDied() throws Exception {
    execute("insert into feed_subscribers values ('dead', 'gone', now() - interval '10 seconds')");
    TestTenant.signUp().apply(TestTenant.policy("p")).then().body("propagated", equalTo(true));
  }

  @Test
  void missesNothingWhenItsDatabaseConnectionBreaks() throws Exception {
    TestTenant tenant = TestTenant.signUp();
    try (FeedStream feed = connect("a", false)) {
      try (Connection connection = TestDatabaseAccess.asFeed();
          Statement statement = connection.createStatement()) {
        statement.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
                + " where usename = current_user and pid <> pg_backend_pid()");
      }
      // Announced while nobody listens, or just after: told in any case.
      bumpDirectory(tenant);
      FeedEvent event = feed.next();
      assertNotNull(event, "the change was missed");
      assertEquals(tenant.orgId(), event.tenantId().value());
      assertEquals(2, event.directory());
      until(() -> given().get("/q/health/ready").statusCode() == 200);
    }
  }

  /** As a write would that this instance hears nothing of. */
  private static void bumpDirectory(TestTenant tenant) throws SQLException {
    try (Connection connection = TestDatabaseAccess.asApp();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select set_config('meshguard.tenant', '" + tenant.orgId() + "', true)");
      statement.execute(
          "update section_versions set directory = directory + 1 where tenant_id = '"
              + tenant.orgId()
              + "'");
      connection.commit();
    }
  }

  @Test
  void signsSectionsAndListsVersions() {
    TestTenant tenant = TestTenant.signUp();
    for (String section : List.of("policies", "directory", "revocations")) {
      Response answer =
          TestTenant.replica().get("/internal/bundles/" + tenant.orgId() + "/" + section);
      assertTrue(
          TestKeys.trustedBy("decision-service")
              .signed(
                  "tenant-service",
                  answer.asByteArray(),
                  answer.getHeader(ServiceHeaders.SIGNATURE)));
    }
    Map<String, Object> versions =
        TestTenant.replica()
            .get("/internal/bundles")
            .jsonPath()
            .getMap("tenants.find { it.tenantId == '" + tenant.orgId() + "' }");
    assertEquals(1, versions.get("policies"));
    TestTenant.replica()
        .get("/internal/bundles/org_0000000000000000/directory")
        .then()
        .statusCode(404);
    TestTenant.replica().get("/internal/feed").then().statusCode(400);
  }
}
