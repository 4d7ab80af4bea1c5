package app.meshguard.audit.stats;

import static app.meshguard.audit.SampleRecords.with;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.TenantServiceStandIn;
import app.meshguard.audit.ingest.Shipper;
import app.meshguard.wire.TenantId;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@RunningAuditService
class StatsResourceIT {
  private final TenantId tenant = SampleRecords.tenant();

  @Test
  void sumsTheLastDayUpByDecisionAgentRuleAndAction() {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String record = latency(SampleRecords.decision(tenant), i + 1);
      records.add(i < 30 ? allowed(record) : record);
    }
    records.add(SampleRecords.outcome(tenant));
    records.add(with(SampleRecords.decision(tenant), "decidedAt", "2026-01-01T00:00:00Z"));
    records.add(SampleRecords.decision(SampleRecords.tenant()));
    Shipper.registered().ship(records);

    admin()
        .get("/admin/audit/stats")
        .then()
        .statusCode(200)
        .body("total", equalTo(100))
        .body("decisions.allow", equalTo(30))
        .body("decisions.deny", equalTo(70))
        .body("decisions.pending_approval", equalTo(0))
        .body("agents", hasSize(1))
        .body("agents[0].agentName", equalTo("support-bot"))
        .body("agents[0].total", equalTo(100))
        .body("policies.rule", contains("deny-write:refund", "allow-read"))
        .body("policies.deny", contains(70, 0))
        .body("actions.action", contains("write:refund", "read:order"))
        .body("actions.total", contains(70, 30))
        .body("latencyUs.p50", equalTo(50))
        .body("latencyUs.p95", equalTo(95))
        .body("latencyUs.p99", equalTo(99))
        .body("latencyUs.max", equalTo(100));
  }

  @Test
  void answersAPeriodWithoutADecision() {
    admin()
        .queryParam("from", "2026-01-01")
        .queryParam("to", "2026-01-31")
        .get("/api/v1/admin/audit/stats")
        .then()
        .statusCode(200)
        .body("from", equalTo("2026-01-01T00:00:00Z"))
        .body("to", equalTo("2026-02-01T00:00:00Z"))
        .body("total", equalTo(0))
        .body("agents", empty())
        .body("latencyUs", nullValue());
  }

  @Test
  void namesTheTenWithMostOnly() {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      for (int j = 0; j <= i; j++) {
        records.add(with(SampleRecords.decision(tenant), "action", "a:" + i));
      }
    }
    Shipper.registered().ship(records);

    admin()
        .get("/admin/audit/stats")
        .then()
        .body("actions", hasSize(10))
        .body("actions[0].action", equalTo("a:11"))
        .body("actions[9].total", equalTo(3));
  }

  @Test
  void refusesAPeriodThatIsNone() {
    admin()
        .queryParam("from", "2026-02-01")
        .queryParam("to", "2026-01-01")
        .queryParam("bucket", "hour")
        .get("/admin/audit/stats")
        .then()
        .statusCode(400)
        .body("errors", hasSize(2));
  }

  private RequestSpecification admin() {
    return given()
        .header(
            "X-Admin-Token", TenantServiceStandIn.token(tenant, TenantServiceStandIn.Known.READER));
  }

  private static String allowed(String record) {
    return with(
        with(with(record, "decision", "allow"), "rule", "allow-read"), "action", "read:order");
  }

  private static String latency(String record, int micros) {
    return record.replace("\"latencyUs\":180", "\"latencyUs\":" + micros);
  }
}
