package app.meshguard.audit.analytics;

import static app.meshguard.audit.SampleRecords.with;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.TenantServiceStandIn;
import app.meshguard.audit.ingest.Shipper;
import app.meshguard.wire.TenantId;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

@RunningAuditService
class AnalyticsResourceIT {
  private static final List<String> ALL =
      List.of(
          "overview",
          "timeseries",
          "agents",
          "policies",
          "trust-distribution",
          "delegations",
          "latency-heatmap");

  private final TenantId tenant = SampleRecords.tenant();
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

  @Test
  void sumsEachPeriodExactly() {
    // On both sides of each boundary, and within hours and days that are rolled up.
    ship(
        ago(Duration.ofMinutes(1)),
        ago(Duration.ofHours(23).plusMinutes(58)),
        ago(Duration.ofHours(24).plusMinutes(2)),
        ago(Duration.ofHours(47)),
        ago(Duration.ofDays(6)),
        ago(Duration.ofDays(7).plusMinutes(2)),
        ago(Duration.ofDays(29)),
        ago(Duration.ofDays(30).plusMinutes(2)));

    assertEquals(List.of(2, 2), decisions("24h"));
    assertEquals(List.of(5, 1), decisions("7d"));
    assertEquals(List.of(7, 1), decisions("30d"));
    for (String period : List.of("24h", "7d", "30d")) {
      for (String bucket : List.of("hour", "day")) {
        JsonPath series =
            get("timeseries", "period", period, "bucket", bucket).extract().jsonPath();
        assertEquals(
            decisions(period).getFirst(),
            series.getList("points.total", Integer.class).stream().mapToInt(i -> i).sum(),
            period + " " + bucket);
      }
    }
    get("timeseries").body("points", hasSize(25)).body("points[24].total", equalTo(1));
    get("timeseries", "period", "30d").body("bucket", equalTo("day")).body("points", hasSize(31));
  }

  @Test
  void comparesWithThePeriodBefore() {
    ship(
        ago(Duration.ofHours(1)),
        with(ago(Duration.ofHours(2)), "decision", "allow"),
        with(ago(Duration.ofHours(3)), "id", "agent_b"),
        ago(Duration.ofHours(30)));

    get("overview")
        .body("decisions.value", equalTo(3f))
        .body("decisions.previous", equalTo(1f))
        .body("decisions.changePercent", equalTo(200f))
        .body("denialPercent.value", equalTo(66.67f))
        .body("activeAgents.value", equalTo(2f))
        .body("pendingApproval.changePercent", nullValue())
        .body("latencyP50Us.value", equalTo(180f));
  }

  @Test
  void ranksAgentsRulesTiersAndHandovers() {
    String other = with(with(ago(Duration.ofHours(1)), "id", "agent_b"), "name", "helper");
    ship(
        ago(Duration.ofHours(1)),
        ago(Duration.ofHours(2)),
        with(with(other, "trustTier", "trusted"), "rule", "r2"),
        message("agent_a", "agent_b"),
        message("agent_a", "agent_b"));

    get("agents")
        .body("agents.agentName", contains("support-bot", "helper"))
        .body("agents.total", contains(2, 1))
        .body("agents[0].trustTier", equalTo("verified"))
        .body("agents[0].denialPercent", equalTo(100f));
    get("policies", "limit", "1")
        .body("policies.rule", contains("deny-write:refund"))
        .body("policies[0].total", equalTo(2));
    get("trust-distribution")
        .body("tiers.trustTier", contains("verified", "trusted"))
        .body("tiers.agents", contains(1, 1))
        .body("tiers[0].sharePercent", equalTo(66.67f));
    get("delegations")
        .body("delegations", hasSize(1))
        .body("delegations[0].fromAgentId", equalTo("agent_a"))
        .body("delegations[0].toAgentName", equalTo("helper"))
        .body("delegations[0].messages", equalTo(2));
  }

  @Test
  void drawsTheHeatOfLatencies() {
    ship(
        ago(Duration.ofMinutes(1)).replace("\"latencyUs\":180", "\"latencyUs\":100"),
        ago(Duration.ofMinutes(1)).replace("\"latencyUs\":180", "\"latencyUs\":700"));

    get("latency-heatmap")
        .body("bands.fromUs", contains(64, 128, 256, 512))
        .body("bands.toUs", contains(127, 255, 511, 1023))
        .body("rows", hasSize(25))
        .body("rows.counts.flatten().sum()", equalTo(2));
  }

  @Test
  void answersAnEmptyLogAndRefusesWhatIsWrong() {
    for (String each : ALL) {
      get(each, "period", "7d").body("period", equalTo("7d"));
      admin()
          .queryParam("period", "1y")
          .queryParam("tenantId", "x")
          .get("/api/v1/admin/analytics/" + each)
          .then()
          .statusCode(400)
          .contentType("application/problem+json")
          .body("errors.path", hasItems("period", "tenantId"));
      given().get("/admin/analytics/" + each).then().statusCode(401);
    }
  }

  @Test
  void keepsTenantsApart() {
    Shipper.registered().ship(List.of(SampleRecords.decision(SampleRecords.tenant())));

    get("overview").body("decisions.value", equalTo(0f));
    get("agents").body("agents", hasSize(0));
  }

  private List<Integer> decisions(String period) {
    JsonPath overview = get("overview", "period", period).extract().jsonPath();
    return List.of(
        (int) overview.getDouble("decisions.value"),
        (int) overview.getDouble("decisions.previous"));
  }

  private io.restassured.response.ValidatableResponse get(String what, String... parameters) {
    RequestSpecification request = admin();
    for (int i = 0; i < parameters.length; i += 2) {
      request.queryParam(parameters[i], parameters[i + 1]);
    }
    return request.get("/admin/analytics/" + what).then().statusCode(200);
  }

  private RequestSpecification admin() {
    return given()
        .header(
            "X-Admin-Token", TenantServiceStandIn.token(tenant, TenantServiceStandIn.Known.READER));
  }

  private void ship(String... records) {
    Shipper.registered().ship(List.of(records));
  }

  private String ago(Duration before) {
    return with(SampleRecords.decision(tenant), "decidedAt", now.minus(before).toString());
  }

  private String message(String from, String to) {
    return "{\"decidedAt\":\""
        + now.minusSeconds(60)
        + "\",\"decisionId\":\"evt_"
        + System.nanoTime()
        + "\",\"event\":{\"from\":{\"id\":\""
        + from
        + "\"},\"to\":{\"id\":\""
        + to
        + "\"},\"type\":\"message\"},\"format\":1,\"kind\":\"event\",\"replica\":\"r\",\"tenantId\":\""
        + tenant
        + "\"}";
  }
}
