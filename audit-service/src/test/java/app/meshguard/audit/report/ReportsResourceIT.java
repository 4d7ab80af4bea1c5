package app.meshguard.audit.report;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.LifecycleCalls;
import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.TenantServiceStandIn;
import app.meshguard.audit.TenantServiceStandIn.Known;
import app.meshguard.audit.ingest.Shipper;
import app.meshguard.audit.projection.Projector;
import app.meshguard.wire.TenantId;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RunningAuditService
class ReportsResourceIT {
  private static final List<String> REPORTS =
      List.of("summary", "audit-trail", "agent-governance", "policy-coverage");

  private final TenantId tenant = TenantServiceStandIn.tenant(TenantServiceStandIn.PLAIN);
  private final LifecycleCalls calls = new LifecycleCalls(tenant);
  @Inject Projector projector;

  @BeforeEach
  void ship() {
    String deny = SampleRecords.decision(tenant);
    Shipper.registered()
        .ship(
            List.of(
                deny,
                SampleRecords.with(
                    SampleRecords.with(SampleRecords.decision(tenant), "name", "<b>bot&</b>"),
                    "id",
                    "agent_odd"),
                SampleRecords.with(SampleRecords.decision(tenant), "code", "no_policy"),
                SampleRecords.with(
                    SampleRecords.with(SampleRecords.decision(tenant), "policy", "a & b +c%"),
                    "decision",
                    "allow"),
                SampleRecords.outcome(tenant)));
    calls
        .owner()
        .contentType("application/json")
        .body("{\"reason\":\"r\",\"wholeTenant\":true}")
        .post("/admin/holds")
        .then()
        .statusCode(201);
    projector.catchUp();
  }

  @Test
  void haveFiguresWhoseLinksFindExactlySoMany() {
    for (String report : REPORTS) {
      JsonPath read = get(report);
      List<Map<String, Object>> counts = new ArrayList<>(read.getList("figures"));
      read.<List<List<Map<String, Object>>>>getList("tables.rows")
          .forEach(table -> table.forEach(row -> row.forEach(counts::add)));
      counts.removeIf(count -> count.get("entries") == null);
      assertFalse(counts.isEmpty(), report);
      for (Map<String, Object> count : counts) {
        String link = (String) count.get("entries");
        Number found =
            calls
                .reader()
                .urlEncodingEnabled(false)
                .get(link + "&count=true&limit=1")
                .then()
                .statusCode(200)
                .extract()
                .path("count.value");
        assertEquals(((Number) count.get("count")).longValue(), found.longValue(), link);
      }
    }
  }

  @Test
  void countWhatWasShipped() {
    JsonPath summary = get("summary");
    assertEquals(4, count(summary, "decisions"));
    assertEquals(1, count(summary, "allowed"));
    assertEquals(3, count(summary, "denied"));
    assertEquals(1, count(summary, "uncovered"));
    assertEquals(1, count(summary, "outcomes"));
    assertEquals(1, count(summary, "holds"));
    assertEquals(0, count(get("summary", "?to=2020-01-01"), "decisions"));
  }

  @Test
  void sayWhichPoliciesNeverDecided() {
    JsonPath coverage = get("policy-coverage");
    String rows = coverage.getString("tables.find { it.id == 'policies' }.rows");
    assertTrue(rows.contains("never-used"), rows);
    assertTrue(rows.contains("no longer in force"), rows);
  }

  @Test
  void arePagesToo() {
    for (String report : REPORTS) {
      calls
          .reader()
          .get("/admin/reports/" + report + ".html")
          .then()
          .statusCode(200)
          .contentType("text/html; charset=utf-8")
          .header("Content-Security-Policy", containsString("default-src 'none'"))
          .body(containsString("href=\"/admin/reports/report.css\""))
          .body(not(containsString("style=")))
          .body(not(containsString("<script")));
    }
    calls
        .reader()
        .accept("text/html")
        .get("/admin/reports/agent-governance")
        .then()
        .statusCode(200)
        .body(containsString("&lt;b&gt;bot&amp;&lt;/b&gt;"))
        .body(not(containsString("<b>bot")));
    given()
        .get("/admin/reports/report.css")
        .then()
        .statusCode(200)
        .contentType("text/css; charset=utf-8")
        .body(containsString("@media print"));
  }

  @Test
  void saySoWhenTheTenantServiceCannotBeAsked() {
    LifecycleCalls down =
        new LifecycleCalls(TenantServiceStandIn.tenant(TenantServiceStandIn.DOWN));
    down.reader()
        .get("/admin/reports/policy-coverage")
        .then()
        .statusCode(200)
        .body("notes", org.hamcrest.Matchers.hasItem(containsString("cannot be asked now")));
  }

  @Test
  void areTheCallersOwnAndNeedAuditRead() {
    JsonPath other =
        new LifecycleCalls(SampleRecords.tenant())
            .reader()
            .get("/admin/reports/summary")
            .then()
            .extract()
            .jsonPath();
    assertEquals(0, count(other, "decisions"));
    given().get("/admin/reports/summary").then().statusCode(401);
    given()
        .header("X-Admin-Token", TenantServiceStandIn.token(tenant, Known.WITHOUT_PERMISSION))
        .get("/admin/reports/summary.html")
        .then()
        .statusCode(403);
  }

  @Test
  void refuseWhatTheyCannotRead() {
    calls
        .reader()
        .get("/admin/reports/all")
        .then()
        .statusCode(404)
        .body("detail", containsString("There are summary"));
    calls
        .reader()
        .get("/admin/reports/summary?form=2026-01-01")
        .then()
        .statusCode(400)
        .body("detail", containsString("Did you mean from?"));
    calls
        .reader()
        .get("/admin/reports/summary?from=2026-02-01&to=2026-01-01")
        .then()
        .statusCode(400)
        .body("detail", equalTo("from is not before to."));
  }

  private JsonPath get(String report) {
    return get(report, "");
  }

  private JsonPath get(String report, String query) {
    return calls
        .reader()
        .get("/admin/reports/" + report + query)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static int count(JsonPath report, String figure) {
    return report.getInt("figures.find { it.id == '" + figure + "' }.count");
  }
}
