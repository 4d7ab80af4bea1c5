package app.meshguard.audit.retention;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.LifecycleCalls;
import app.meshguard.audit.OpenedLog;
import app.meshguard.audit.ProvedEntry;
import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.TenantServiceStandIn;
import app.meshguard.audit.ingest.Shipper;
import app.meshguard.audit.log.LogEntry;
import app.meshguard.audit.sign.SignNow;
import app.meshguard.wire.TenantId;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@RunningAuditService
class RetentionIT {
  /** Everything that was recorded until now is past its time. */
  private static final RetentionPeriod NONE = new RetentionPeriod(0, "tenant");

  private static final Duration LONG = Duration.ofMinutes(1);

  private final TenantId tenant = TenantServiceStandIn.tenant(TenantServiceStandIn.PLAIN);
  private final LifecycleCalls calls = new LifecycleCalls(tenant);
  @Inject Retention retention;
  @Inject OpenedLog log;
  @Inject SignNow sign;

  @Test
  void deletesWhatIsDueAndHasTheLogTellOfIt() {
    ship(5);
    sign.upTo(tenant, 5);
    RetentionRun run = retention.run(tenant, NONE, null, LONG);
    assertTrue(run.complete());
    assertEquals(5, run.deleted());
    assertEquals(0L, run.firstIndex());
    assertEquals(4L, run.lastIndex());
    List<LogEntry> left = log.entries(tenant);
    assertEquals(List.of(5L), left.stream().map(LogEntry::index).toList());
    // What remains is still proved, beside the hashes of what is gone.
    sign.upTo(tenant, 6);
    ProvedEntry.verify(calls, 5, left.getFirst().leaf());
    String told = log.records(tenant).getFirst();
    assertTrue(told.contains("\"type\":\"retention.run\""), told);
    assertTrue(told.contains("\"deleted\":5"), told);
    assertTrue(told.contains("\"firstIndex\":0,\"held\":0,\"lastIndex\":4"), told);
  }

  @Test
  void onlySaysWhatItWouldDoWhenDry() {
    ship(3);
    sign.upTo(tenant, 3);
    assertEquals(3, retention.wouldDo(tenant, NONE, LONG).deleted());
    assertEquals(3, log.entries(tenant).size());
  }

  @Test
  void leavesWhatAHoldCovers() {
    ship(2);
    Shipper.registered()
        .ship(List.of(SampleRecords.with(SampleRecords.decision(tenant), "traceId", "t-held")));
    String hold = hold("{\"reason\":\"r\",\"traceId\":\"t-held\"}");
    sign.upTo(tenant, 4);
    RetentionRun run = retention.run(tenant, NONE, null, LONG);
    // The entry about the hold is due too.
    assertEquals(3, run.deleted());
    assertEquals(1, run.held());
    assertEquals(2, log.entries(tenant).getFirst().index());
    calls.owner().delete("/admin/holds/" + hold + "?reason=over").then().statusCode(200);
    retention.run(tenant, NONE, null, LONG);
    assertTrue(log.entries(tenant).getFirst().index() > 2);
  }

  @Test
  void deletesNothingOfATenantThatIsHeldWhole() {
    ship(2);
    hold("{\"reason\":\"r\",\"wholeTenant\":true}");
    sign.upTo(tenant, 3);
    RetentionRun run = retention.run(tenant, NONE, null, LONG);
    assertEquals(0, run.deleted());
    assertEquals(3, run.held());
  }

  @Test
  void touchesNoOtherTenant() {
    TenantId other = SampleRecords.tenant();
    ship(1);
    Shipper.registered().ship(List.of(SampleRecords.decision(other)));
    sign.upTo(tenant, 1);
    sign.upTo(other, 1);
    retention.run(tenant, NONE, null, LONG);
    assertEquals(1, log.entries(other).size());
  }

  @Test
  void goesOnWhereItWasStopped() {
    ship(4_100);
    sign.upTo(tenant, 4_100);
    RetentionRun cut = retention.run(tenant, NONE, null, Duration.ZERO);
    assertEquals(2_000, cut.deleted());
    assertFalse(cut.complete());
    RetentionRun rest = retention.run(tenant, NONE, null, LONG);
    // What the log tells of the first run may be signed, and due, by now.
    assertTrue(rest.deleted() >= 2_100);
    assertTrue(rest.complete());
  }

  @Test
  void saysHowLongAndWhy() {
    calls
        .reader()
        .get("/admin/retention")
        .then()
        .statusCode(200)
        .body("days", equalTo(7))
        .body("basis", equalTo("plan"))
        .body("plan", equalTo("free"))
        .body("lastRun", nullValue());
    new LifecycleCalls(TenantServiceStandIn.tenant(TenantServiceStandIn.OWN_DAYS))
        .reader()
        .get("/admin/retention")
        .then()
        .body("days", equalTo(30))
        .body("basis", equalTo("tenant"));
  }

  @Test
  void runsWhenAnAdminAsks() {
    ship(1);
    sign.upTo(tenant, 1);
    run("{\"dryRun\":true}", 200);
    // Of today: nothing is seven days old.
    calls
        .owner()
        .contentType("application/json")
        .body("{}")
        .post("/admin/retention/run")
        .then()
        .statusCode(200)
        .body("deleted", equalTo(0))
        .body("complete", equalTo(true));
    calls.reader().get("/admin/retention").then().body("lastRun.deleted", equalTo(0));
    run("{\"dryRum\":true}", 400);
    run("{\"dryRun\":\"yes\"}", 400);
    given().contentType("application/json").post("/admin/retention/run").then().statusCode(401);
    calls
        .reader()
        .contentType("application/json")
        .body("{}")
        .post("/admin/retention/run")
        .then()
        .statusCode(403);
  }

  @Test
  void deletesNothingWhileNobodyKnowsForHowLongToKeep() {
    LifecycleCalls down =
        new LifecycleCalls(TenantServiceStandIn.tenant(TenantServiceStandIn.DOWN));
    down.owner()
        .contentType("application/json")
        .body("{}")
        .post("/admin/retention/run")
        .then()
        .statusCode(503);
    assertEquals(List.of(), log.entries(down.tenant()));
  }

  private void run(String body, int status) {
    calls
        .owner()
        .contentType("application/json")
        .body(body)
        .post("/admin/retention/run")
        .then()
        .statusCode(status);
  }

  private String hold(String body) {
    return calls
        .owner()
        .contentType("application/json")
        .body(body)
        .post("/admin/holds")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private void ship(int count) {
    Shipper.registered()
        .ship(IntStream.range(0, count).mapToObj(i -> SampleRecords.decision(tenant)).toList());
  }
}
