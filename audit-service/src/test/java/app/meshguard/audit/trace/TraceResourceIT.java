package app.meshguard.audit.trace;

import static app.meshguard.audit.SampleRecords.with;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

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
class TraceResourceIT {
  private final TenantId tenant = SampleRecords.tenant();

  @Test
  void showsTheTreeAcrossAgents() {
    String root = decision(1, "dec_R", null);
    String child = with(with(decision(2, "dec_C", "dec_R"), "name", "helper"), "id", "agent_h");
    String grandchild = decision(3, "dec_G", "dec_C");
    String outcome =
        with(with(SampleRecords.outcome(tenant), "decisionId", "dec_R"), "decidedAt", second(9));
    String stray = decision(4, "dec_S", "elsewhere");
    ship(outcome, grandchild, child, root, stray);

    admin()
        .get("/admin/audit/traces/t-1")
        .then()
        .statusCode(200)
        .body("entries", equalTo(5))
        .body("truncated", equalTo(false))
        .body("start", equalTo("2026-11-20T10:00:01Z"))
        .body("durationMs", equalTo(8000f))
        .body("roots.entry.decisionId", contains("dec_R", "dec_S"))
        .body("roots[0].durationMs", equalTo(31f))
        .body("roots[0].outcomes", hasSize(1))
        .body("roots[0].children.entry.decisionId", contains("dec_C"))
        .body("roots[0].children[0].children.entry.decisionId", contains("dec_G"))
        .body("agents.agentName", contains("support-bot", "helper"))
        .body("agents.entries", contains(4, 1))
        .body("agents.deny", contains(3, 1));
  }

  @Test
  void placesEveryEntryOnceWhateverTheParentsSay() {
    List<String> records = new ArrayList<>();
    // A circle, one that is its own parent, and a chain that no JSON reader would follow.
    records.add(decision(1, "dec_A", "dec_B"));
    records.add(decision(2, "dec_B", "dec_A"));
    records.add(decision(3, "dec_X", "dec_X"));
    for (int i = 0; i < 700; i++) {
      records.add(decision(4 + i / 100, "dec_" + i, i == 0 ? null : "dec_" + (i - 1)));
    }
    ship(records.toArray(String[]::new));

    String json =
        admin().get("/admin/audit/traces/t-1").then().statusCode(200).extract().asString();

    for (String id : List.of("dec_A", "dec_B", "dec_X", "dec_0", "dec_699")) {
      org.junit.jupiter.api.Assertions.assertEquals(
          2, json.split("\"decisionId\":\"" + id + "\"", -1).length, id);
    }
  }

  @Test
  void saysWhenItIsCut() {
    ship(decision(1, "dec_1", null), decision(2, "dec_2", null), decision(3, "dec_3", null));

    admin()
        .queryParam("limit", 2)
        .get("/admin/audit/traces/t-1")
        .then()
        .body("truncated", equalTo(true))
        .body("entries", equalTo(2))
        .body("rest", containsString("/admin/audit?traceId="));
  }

  @Test
  void answersAnotherTenantsTraceAsNone() {
    Shipper.registered().ship(List.of(SampleRecords.decision(SampleRecords.tenant())));

    String missing =
        admin().get("/admin/audit/traces/none").then().statusCode(404).extract().asString();
    org.junit.jupiter.api.Assertions.assertEquals(
        missing,
        admin().get("/admin/audit/traces/t-1").then().statusCode(404).extract().asString());
    admin()
        .queryParam("depth", 1)
        .get("/admin/audit/traces/t-1")
        .then()
        .statusCode(400)
        .body("errors[0].path", equalTo("depth"));
    given().get("/admin/audit/traces/t-1").then().statusCode(401);
  }

  private String decision(int second, String id, String parent) {
    String record =
        with(SampleRecords.decision(tenant), "decidedAt", second(second))
            .replaceFirst("\"decisionId\":\"[^\"]*\"", "\"decisionId\":\"" + id + "\"");
    return parent == null
        ? record
        : record.replace("\"policy\":", "\"parentId\":\"" + parent + "\",\"policy\":");
  }

  private static String second(int second) {
    return "2026-11-20T10:00:%02dZ".formatted(second);
  }

  private RequestSpecification admin() {
    return given()
        .header(
            "X-Admin-Token", TenantServiceStandIn.token(tenant, TenantServiceStandIn.Known.READER));
  }

  private void ship(String... records) {
    Shipper.registered().ship(List.of(records));
  }
}
