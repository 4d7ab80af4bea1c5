package app.meshguard.audit.search;

import static app.meshguard.audit.SampleRecords.with;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.TenantServiceStandIn;
import app.meshguard.audit.ingest.Shipper;
import app.meshguard.wire.ApiKey;
import app.meshguard.wire.TenantId;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@RunningAuditService
class AuditResourceIT {
  private final TenantId tenant = SampleRecords.tenant();
  private final String token = token(tenant);

  @Test
  void answersTheNewestFirstOnEitherPath() {
    ship(at(1, "a"), at(3, "c"), at(2, "b"));

    list().body("entries.traceId", contains("c", "b", "a")).body("next", nullValue());
    admin()
        .get("/api/v1/admin/audit")
        .then()
        .statusCode(200)
        .body("entries.index", contains(1, 2, 0));
  }

  @Test
  void tellsAllOfARecord() {
    String record = at(1, "t-1");
    ship(record);

    list()
        .body("entries[0].timestamp", equalTo("2026-11-20T10:00:01Z"))
        .body("entries[0].agentName", equalTo("support-bot"))
        .body("entries[0].trustTier", equalTo("verified"))
        .body("entries[0].context.amount", equalTo(50.01f))
        .body("entries[0].enforced", equalTo(true))
        .body("entries[0].latencyUs", equalTo(180))
        .body("entries[0].chain", nullValue())
        .body("entries[0].recordedAt", notNullValue());
  }

  @Test
  void answersOneEntryWithItsExactRecord() {
    String record = at(1, "é😀");
    ship(record);
    String id = list().extract().path("entries[0].id");

    admin()
        .get("/admin/audit/" + id)
        .then()
        .statusCode(200)
        .body("entry.id", equalTo(id))
        .body("record", equalTo(record))
        .body("recordSha256", equalTo(ApiKey.sha256(record)));
  }

  @Test
  void filtersByEachParameter() {
    String other = with(with(at(9, "t-9"), "policy", "p2"), "rule", "r2");
    other = with(with(other, "decision", "allow"), "action", "read:crm/x_y%z");
    other = with(with(other, "name", "Zoë"), "id", "agent_z");
    ship(at(1, "t-1"), at(2, "t-2"), other, SampleRecords.outcome(tenant));

    finds("t-9", "decision", "allow");
    finds("t-9", "policy", "p2");
    finds("t-9", "rule", "r2");
    finds("t-9", "agentId", "Zoë");
    finds("t-9", "agentId", "agent_z");
    finds("t-9", "traceId", "t-9");
    finds("t-9", "action", "read:*");
    finds("t-9", "action", "*x_y%*");
    finds("t-9", "action", "read:crm/x_y%z");
    finds("", "action", "write:refundx");
    finds("", "action", "*x__%*");
    finds("", "agentId", "nobody");
    finds("t-1", "kind", "outcome");
    finds("t-2,t-1", "kind", "decision", "decision", "deny");
    finds("t-1,t-2,t-1", "agentId", "support-bot", "action", "write:*");
    finds("t-2", "from", "2026-11-20T10:00:02Z", "to", "2026-11-20T10:00:03Z");
    finds("t-9,t-2,t-1", "from", "2026-11-20", "to", "2026-11-20", "kind", "decision");
    finds("", "to", "2026-11-19");
  }

  @Test
  void findsADecisionByItsApproval() {
    // The ULID's time is that of the golden record, to the millisecond.
    String ulid = "01M7W78FJBABCDEFGHJKMNPQRS";
    String id = "apr_" + ulid + "_sealed-x_y";
    String waits =
        with(SampleRecords.decision(tenant), "decidedAt", "2026-11-20T10:15:30.123456Z")
            .replaceFirst("dec_[0-9A-Za-z]+", "dec_" + ulid)
            .replaceFirst("\"audit\"", "\"approvalId\":\"" + id + "\",\"audit\"");
    ship(with(waits, "traceId", "waits"), at(1, "other"));

    finds("waits", "approvalId", id);
    finds("", "approvalId", id + "z");
    admin()
        .queryParam("approvalId", "apr_x")
        .get("/admin/audit")
        .then()
        .statusCode(400)
        .body("detail", equalTo("approvalId is not the approvalId of a decision."));
  }

  private void finds(String traces, String... parameters) {
    RequestSpecification request = admin();
    for (int i = 0; i < parameters.length; i += 2) {
      request.queryParam(parameters[i], parameters[i + 1]);
    }
    List<String> found =
        request.get("/admin/audit").then().statusCode(200).extract().path("entries.traceId");
    assertEquals(traces, String.join(",", found), () -> String.join(" ", parameters));
  }

  @Test
  void pagesThroughAllOnceEvenWhereTimesAreEqual() {
    List<String> records = new ArrayList<>();
    IntStream.range(0, 25).forEach(i -> records.add(at(i / 10, "t-" + i)));
    Shipper.registered().ship(records);

    List<String> seen = new ArrayList<>();
    String cursor = null;
    do {
      RequestSpecification request = admin().queryParam("limit", 7);
      if (cursor != null) {
        request.queryParam("cursor", cursor);
      }
      JsonPath page = request.get("/admin/audit").then().statusCode(200).extract().jsonPath();
      seen.addAll(page.getList("entries.traceId"));
      cursor = page.getString("next");
    } while (cursor != null);

    assertEquals(IntStream.range(0, 25).map(i -> 24 - i).mapToObj(i -> "t-" + i).toList(), seen);
  }

  @Test
  void keepsTenantsApart() {
    TenantId other = SampleRecords.tenant();
    ship(at(1, "mine"), at(2, "mine"));
    Shipper.registered()
        .ship(List.of(SampleRecords.decision(other), SampleRecords.decision(other)));
    JsonPath mine = admin().queryParam("limit", 1).get("/admin/audit").jsonPath();
    assertNotNull(mine.getString("next"));
    RequestSpecification others = given().header("X-Admin-Token", token(other));

    String notFound =
        others
            .get("/admin/audit/" + mine.getString("entries[0].id"))
            .then()
            .statusCode(404)
            .extract()
            .asString();
    assertEquals(
        notFound,
        others
            .get("/admin/audit/ent_0000000000000000000000")
            .then()
            .statusCode(404)
            .extract()
            .asString());
    assertEquals(
        notFound, others.get("/admin/audit/x").then().statusCode(404).extract().asString());
    assertEquals(
        others
            .queryParam("cursor", mine.getString("next"))
            .get("/admin/audit")
            .then()
            .statusCode(400)
            .extract()
            .asString(),
        given()
            .header("X-Admin-Token", token(other))
            .queryParam("cursor", "x")
            .get("/admin/audit")
            .then()
            .statusCode(400)
            .extract()
            .asString());
    given()
        .header("X-Admin-Token", token(other))
        .queryParam("traceId", "mine")
        .get("/admin/audit")
        .then()
        .statusCode(200)
        .body("entries", hasSize(0));
  }

  @Test
  void namesEveryFaultOfTheParameters() {
    admin()
        .queryParam("limit", "x")
        .queryParam("agent_id", "x")
        .queryParam("from", "soon")
        .get("/admin/audit")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("invalid_request"))
        .body("errors.path", hasItems("limit", "agent_id", "from"))
        .body("errors.message", hasItems(containsString("Did you mean agentId?")));
  }

  @Test
  void takesTheTokenAsTheBearerToo() {
    given().header("Authorization", "Bearer " + token).get("/admin/audit").then().statusCode(200);
    given()
        .header("Authorization", "Bearer msk_whatever")
        .header("X-Admin-Token", token)
        .get("/admin/audit")
        .then()
        .statusCode(200);
  }

  @Test
  void refusesEveryOtherCredential() {
    for (String path : List.of("/admin/audit", "/admin/audit/stats", "/admin/audit/ent_x")) {
      refused(path, null, 401, "unauthorized");
      refused(path, "x", 401, "unauthorized");
      refused(path, ApiKey.generate(ApiKey.Kind.AGENT_KEY, tenant).text(), 401, "unauthorized");
      refused(path, tokenOf(TenantServiceStandIn.Known.REVOKED), 401, "unauthorized");
      refused(path, tokenOf(TenantServiceStandIn.Known.WITHOUT_PERMISSION), 403, "forbidden");
      refused(path, tokenOf(TenantServiceStandIn.Known.FAILS), 503, "unavailable");
    }
  }

  private static void refused(String path, String token, int status, String code) {
    RequestSpecification request = given();
    if (token != null) {
      request.header("X-Admin-Token", token);
    }
    request.get(path).then().statusCode(status).body("code", equalTo(code));
  }

  @Test
  void answersProblemsWhereThereIsNothing() {
    admin().get("/admin/nothing").then().statusCode(404).body("code", equalTo("not_found"));
    admin().post("/admin/audit").then().statusCode(405).body("code", equalTo("method_not_allowed"));
    admin()
        .accept("text/html")
        .get("/admin/audit")
        .then()
        .statusCode(406)
        .body("code", equalTo("not_acceptable"));
  }

  private String tokenOf(TenantServiceStandIn.Known known) {
    return TenantServiceStandIn.token(tenant, known);
  }

  private static String token(TenantId tenant) {
    return TenantServiceStandIn.token(tenant, TenantServiceStandIn.Known.READER);
  }

  private RequestSpecification admin() {
    return given().header("X-Admin-Token", token);
  }

  private ValidatableResponse list() {
    return admin().get("/admin/audit").then().statusCode(200);
  }

  private void ship(String... records) {
    Shipper.registered().ship(List.of(records));
  }

  private String at(int second, String trace) {
    String record = SampleRecords.decision(tenant);
    return with(
        with(record, "decidedAt", "2026-11-20T10:00:%02dZ".formatted(second)), "traceId", trace);
  }
}
