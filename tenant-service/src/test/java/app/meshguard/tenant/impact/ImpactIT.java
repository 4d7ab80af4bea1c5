package app.meshguard.tenant.impact;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.tenant.TenantService;
import app.meshguard.tenant.TestTenant;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@TenantService
class ImpactIT {
  private static final String REFUNDS =
      """
      name: refunds
      rules:
        - name: small
          action: write:refund
          effect: allow
          conditions: ["request.amount <= 50"]
      """;
  private static final String DRAFT = REFUNDS.replace("50", "100");

  private TestTenant tenant;

  @BeforeEach
  void signUp() {
    tenant = TestTenant.signUp();
    tenant.apply(REFUNDS).then().statusCode(200);
  }

  private void recorded(int... amounts) {
    String lines =
        IntStream.of(amounts).mapToObj(Recorded::refund).collect(Collectors.joining("\n"));
    String audit =
        ConfigProvider.getConfig().getValue("meshguard.services.audit-url", String.class);
    given()
        .body(lines.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .put(audit + "/internal/records/" + tenant.orgId())
        .then()
        .statusCode(204);
  }

  private List<JsonPath> lines(Map<String, Object> request) {
    Response answer = tenant.post("/admin/policies/impact", request);
    answer.then().statusCode(200).contentType(containsString("application/x-ndjson"));
    return answer.asString().lines().map(JsonPath::from).toList();
  }

  @Test
  void streamsProgressAndThenTheResult() {
    recorded(IntStream.range(0, 1200).map(i -> i % 120).toArray());

    List<JsonPath> lines = lines(Map.of("policies", DRAFT));

    assertEquals(4, lines.size());
    assertEquals(500, lines.get(0).getInt("progress.read"));
    assertEquals(1200, lines.get(2).getInt("progress.read"));
    JsonPath result = lines.getLast();
    assertEquals(1200, result.getInt("result.replayed"));
    assertEquals(500, result.getInt("result.flipped"));
    assertEquals("deny", result.getString("result.flips[0].from"));
    assertEquals("allow", result.getString("result.flips[0].to"));
    assertEquals("small", result.getString("result.rules[0].rule"));
    assertTrue(result.getBoolean("result.complete"));
    tenant.get("/admin/policies/refunds").then().body("revision", equalTo(1));
  }

  @Test
  void stopsAtTheLimitAndSaysSo() {
    recorded(70, 70, 70);
    JsonPath result = lines(Map.of("policies", DRAFT, "limit", 2)).getLast();
    assertEquals(2, result.getInt("result.read"));
    assertEquals(false, result.getBoolean("result.complete"));
  }

  @Test
  void replaysTheRemovalOfAPolicy() {
    recorded(20, 70);
    JsonPath result = lines(Map.of("remove", List.of("refunds"))).getLast();
    assertEquals(1, result.getInt("result.flipped"));
    assertEquals("no_policy", result.getString("result.rules[0].code"));
  }

  @Test
  void sendsTheSameAsEvents() {
    recorded(70);
    Response answer =
        tenant
            .admin()
            .accept("text/event-stream")
            .contentType("application/json")
            .body(Map.of("policies", DRAFT))
            .post("/admin/policies/impact");
    answer.then().statusCode(200).contentType(containsString("text/event-stream"));
    assertTrue(answer.asString().contains("event:progress"), answer.asString());
    assertTrue(answer.asString().contains("event:result"), answer.asString());
  }

  @Test
  void hasNothingToReplayOfATenantThatNeverCalled() {
    JsonPath result = lines(Map.of("policies", DRAFT)).getLast();
    assertEquals(0, result.getInt("result.read"));
    assertTrue(result.getBoolean("result.complete"));
  }

  @Test
  void refusesWhatMakesNoSenseBeforeItAnswers() {
    tenant
        .post("/admin/policies/impact", "{\"limit\":0,\"from\":\"x\",\"polices\":\"\"}")
        .then()
        .statusCode(400)
        .body("errors.path", containsInAnyOrder("limit", "from", "policies", "polices"));
    tenant
        .post("/admin/policies/impact", Map.of("policies", "name: x\nruels: []\n"))
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("errors[0].path", equalTo("policies"));
    tenant
        .post("/admin/policies/impact", Map.of("remove", List.of("nobodys")))
        .then()
        .statusCode(404);
  }

  @Test
  void isForThoseWhoMayReadPoliciesAndTheLog() {
    for (String permission : List.of("audit:read", "policies:read")) {
      String token =
          tenant
              .post("/admin/keys", Map.of("kind", "admin", "permissions", List.of(permission)))
              .path("key");
      given()
          .header("X-Admin-Token", token)
          .contentType("application/json")
          .body(Map.of("policies", DRAFT))
          .post("/admin/policies/impact")
          .then()
          .statusCode(403);
    }
  }
}
