package app.meshguard.audit.epoch;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.OwnerView;
import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.TenantServiceStandIn;
import app.meshguard.audit.guard.GuardedHead;
import app.meshguard.audit.guard.SharedGuard;
import app.meshguard.audit.ingest.Shipper;
import app.meshguard.audit.ingest.Witnessed;
import app.meshguard.audit.sign.SignNow;
import app.meshguard.processes.PostgresAccess;
import app.meshguard.testsupport.TestPostgres;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.evidence.SignedHead;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.restassured.response.ValidatableResponse;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the signer refuses, and the way on. */
@RunningAuditService
class SuccessionIT {
  @Inject SignNow sign;
  @Inject OwnerView owner;
  @Inject LogKeys keys;
  @Inject SharedGuard guard;
  @Inject Witnessed witnesses;

  @Inject
  @ReactiveDataSource("sign")
  Pool pool;

  @ConfigProperty(name = "meshguard.test.database.url")
  String url;

  private final TenantId tenant = SampleRecords.tenant();
  private Shipper shipper;

  @BeforeEach
  void register() {
    shipper = Shipper.registered();
  }

  @Test
  void refusesToSignInADatabaseThatHasLostWhatWasSigned() throws SQLException {
    ship(3);
    LogRow before = sign.upTo(tenant, 3);
    ship(4);
    LogRow newest = sign.upTo(tenant, 7);

    restore(before);
    LogRow halted = sign.halted(tenant);
    // What comes in meanwhile is kept, and not signed.
    Shipper.registered().ship(records(2));

    assertTrue(
        halted.haltedBecause().contains("it was signed with 7 entries"), halted.haltedBecause());
    assertArrayEquals(before.checkpoint(), sign.logs(tenant).getFirst().checkpoint());
    get("/admin/audit/checkpoint?format=json")
        .statusCode(200)
        .header("X-MeshGuard-Log-State", "halted")
        .body("size", equalTo(3))
        .body("state", equalTo("halted"))
        .body("haltedBecause", containsString("this database has only 3"));
    get("/admin/audit/checkpoint").statusCode(200).header("X-MeshGuard-Log-State", "halted");
    get("/admin/audit/proof?index=2").statusCode(200);
    get("/admin/audit/proof?index=4").statusCode(409).body("detail", containsString("halted"));
    given().get("/q/health/ready").then().statusCode(200).body(containsString("are halted"));
    assertTrue(given().get("/q/metrics").asString().contains("meshguard_log_halted"));

    List<Succession.Succeeded> done = new Succession(pool, keys, guard.get()).run(tenant.value());

    assertEquals(1, done.size());
    LogRow successor = sign.upTo(tenant, 5);
    assertEquals(2, successor.epoch());
    assertEquals(3, successor.firstIndex());
    assertEquals(
        "{\"format\":1,\"kind\":\"log.succeeded\",\"previous\":{\"origin\":\"%1$s\",\"root\":\"%2$s\",\"size\":3},\"signed\":[{\"origin\":\"%1$s\",\"root\":\"%3$s\",\"size\":7}]}"
            .formatted(before.origin(), base64(before.root()), base64(newest.root())),
        new String(successor.preamble(), StandardCharsets.UTF_8));
    get("/admin/audit/keys")
        .body("logs", hasSize(2))
        .body("logs[0].state", equalTo("closed"))
        .body("logs[0].size", equalTo(3))
        .body("logs[1].state", equalTo("open"))
        .body("logs[1].size", equalTo(3));
    get("/admin/audit/proof?index=2&format=json").body("epoch", equalTo(1));
    get("/admin/audit/proof?index=3&format=json")
        .body("epoch", equalTo(2))
        .body("leafIndex", equalTo(1));
    get("/admin/audit/log/2/tile/entries/000.p/3").statusCode(200);
    assertEquals(List.of(), new Succession(pool, keys, guard.get()).run(tenant.value()));
  }

  @Test
  void refusesADatabaseFromBeforeTheLogWas() throws SQLException {
    ship(3);
    LogRow lost = sign.upTo(tenant, 3);

    asSuperuser(
        "DELETE FROM log WHERE tenant_id = '%1$s'; DELETE FROM tile WHERE tenant_id = '%1$s';"
            + " DELETE FROM log_entry WHERE tenant_id = '%1$s'; DELETE FROM head WHERE tenant_id ="
            + " '%1$s'; DELETE FROM batch_span WHERE tenant_id = '%1$s'");

    LogRow halted = sign.halted(tenant);
    assertEquals(lost.origin(), halted.origin());
    get("/admin/audit/checkpoint").statusCode(409).body("detail", containsString("3 entries"));
    new Succession(pool, keys, guard.get()).run(tenant.value());
    Shipper.registered().ship(records(2));
    assertEquals(3, sign.upTo(tenant, 2).size());
  }

  @Test
  void believesAReplicaThatWasShownMore() throws SQLException {
    ship(2);
    LogRow log = sign.upTo(tenant, 2);

    witnesses.witnessed(
        UUID.randomUUID(), List.of(new SignedHead(log.origin(), 9, base64(new byte[32]))));

    assertTrue(sign.halted(tenant).haltedBecause().contains("signed with 9 entries"));
  }

  @Test
  void believesAReplicaThatWasShownAnotherRoot() throws SQLException {
    ship(2);
    sign.upTo(tenant, 2);
    ship(2);
    LogRow log = sign.upTo(tenant, 4);

    witnesses.witnessed(
        UUID.randomUUID(), List.of(new SignedHead(log.origin(), 2, base64(new byte[32]))));

    assertTrue(sign.halted(tenant).haltedBecause().contains("which its tiles do not have"));
  }

  @Test
  void isNotMovedByAReplicaThatRemembersRightly() {
    ship(2);
    LogRow two = sign.upTo(tenant, 2);
    ship(2);
    LogRow four = sign.upTo(tenant, 4);

    witnesses.witnessed(
        UUID.randomUUID(),
        List.of(
            new SignedHead(two.origin(), 2, base64(two.root())),
            new SignedHead(four.origin(), 4, base64(four.root()))));
    ship(1);

    assertEquals(LogRow.State.OPEN, sign.upTo(tenant, 5).state());
  }

  /** As after a kill between the guard and the commit: nothing is lost, and nothing is refused. */
  @Test
  void goesOnWhereTheGuardIsAheadOfTheDatabase() throws SQLException {
    ship(3);
    LogRow before = sign.upTo(tenant, 3);
    ship(4);
    LogRow newest = sign.upTo(tenant, 7);

    asSuperuser(
        "UPDATE log SET size = 3, root = decode('%s', 'hex') WHERE tenant_id = '%%1$s'"
            .formatted(java.util.HexFormat.of().formatHex(before.root())));

    LogRow again = sign.upTo(tenant, 7);
    assertArrayEquals(newest.root(), again.root());
    assertEquals(LogRow.State.OPEN, again.state());
  }

  @Test
  void signsNoEntryThatWasChangedBeforeItCouldBeSigned() throws SQLException {
    ship(2);
    sign.upTo(tenant, 2);
    try (Connection superuser = superuser();
        Statement statement = superuser.createStatement()) {
      // The signer waits for the lock until the entry is changed.
      superuser.setAutoCommit(false);
      statement.execute("SELECT pg_advisory_xact_lock(" + SignersLock.ID + ")");
      ship(1);
      statement.execute(
          "UPDATE log_entry SET leaf = set_bit(leaf, 9, 1 - get_bit(leaf, 9)) WHERE tenant_id = '"
              + tenant
              + "' AND idx = 2");
      superuser.commit();
    }

    assertTrue(
        sign.halted(tenant)
            .haltedBecause()
            .matches("the entries 2 to 2 are not those that batch [0-9]+ appended"));
  }

  @Test
  void signsNothingOnATreeThatWasChanged() throws SQLException {
    ship(2);
    sign.upTo(tenant, 2);

    asSuperuser(
        "UPDATE tile SET hashes = set_bit(hashes, 9, 1 - get_bit(hashes, 9)) WHERE tenant_id ="
            + " '%1$s'");
    ship(1);

    assertEquals(
        "the stored right edge of the tree is not the one signed last",
        sign.halted(tenant).haltedBecause());
  }

  @Test
  void showsReplicasTheHeadsThatAreCommitted() {
    ship(2);
    LogRow log = sign.upTo(tenant, 2);

    assertEquals(List.of(new SignedHead(log.origin(), 2, base64(log.root()))), sign.heads(tenant));
    assertTrue(guard.get().highest(log.origin()).map(GuardedHead::size).orElse(0L) >= 2);
  }

  /** What a restore of the database to that head leaves: the guard is not part of it. */
  private void restore(LogRow head) throws SQLException {
    asSuperuser(
        "UPDATE log SET size = %1$d, root = decode('%2$s', 'hex'), checkpoint = decode('%3$s', 'hex') WHERE tenant_id = '%%1$s';"
                .formatted(
                    head.size(),
                    java.util.HexFormat.of().formatHex(head.root()),
                    java.util.HexFormat.of().formatHex(head.checkpoint()))
            + "UPDATE tile SET hashes = substring(hashes FOR 32 * %1$d) WHERE tenant_id = '%%1$s';"
                .formatted(head.size())
            + "UPDATE head SET next_index = %1$d WHERE tenant_id = '%%1$s';".formatted(head.size())
            + "DELETE FROM batch_span WHERE tenant_id = '%%1$s' AND first_idx >= %1$d;"
                .formatted(head.size())
            + "DELETE FROM log_entry WHERE tenant_id = '%%1$s' AND idx >= %1$d"
                .formatted(head.size()));
  }

  private void asSuperuser(String sql) throws SQLException {
    try (Connection superuser = superuser();
        Statement statement = superuser.createStatement()) {
      superuser.setAutoCommit(false);
      statement.execute("SELECT pg_advisory_xact_lock(" + SignersLock.ID + ")");
      statement.execute(sql.formatted(tenant));
      superuser.commit();
    }
  }

  private Connection superuser() throws SQLException {
    return DriverManager.getConnection(
        url, PostgresAccess.SUPERUSER, TestPostgres.access().password(PostgresAccess.SUPERUSER));
  }

  private void ship(int count) {
    shipper.ship(records(count));
  }

  private List<String> records(int count) {
    return Stream.generate(() -> SampleRecords.decision(tenant)).limit(count).toList();
  }

  private ValidatableResponse get(String path) {
    return given()
        .header(
            "X-Admin-Token", TenantServiceStandIn.token(tenant, TenantServiceStandIn.Known.READER))
        .get(path)
        .then();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
