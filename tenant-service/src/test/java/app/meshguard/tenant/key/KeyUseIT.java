package app.meshguard.tenant.key;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.tenant.ShippedRecords;
import app.meshguard.tenant.TenantService;
import app.meshguard.tenant.TestTenant;
import app.meshguard.testsupport.TestKeys;
import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@TenantService
class KeyUseIT {

  private static ValidatableResponse used(Object body) {
    return TestTenant.replica()
        .contentType("application/json")
        .body(body)
        .post("/internal/key-use")
        .then();
  }

  private static Map<String, String> use(TestTenant tenant, String key, String at) {
    return Map.of("tenantId", tenant.orgId(), "keyId", key, "lastUsedAt", at);
  }

  private static String agentKey(TestTenant tenant) {
    return tenant.get("/admin/keys").path("keys.find { it.kind == 'agent' }.id");
  }

  private static String lastUse(TestTenant tenant) {
    return tenant.get("/admin/keys").path("keys.find { it.kind == 'agent' }.lastUsedAt");
  }

  @Test
  void showsTheLastUseAndNeverGoesBack() {
    TestTenant tenant = TestTenant.signUp();
    String key = agentKey(tenant);
    assertNull(lastUse(tenant));

    used(List.of(
            use(tenant, key, "2026-01-02T03:04:05Z"),
            use(tenant, key, "2026-01-02T03:04:06Z"),
            use(tenant, "nobodys", "2026-01-02T03:04:06Z")))
        .statusCode(204);
    assertEquals("2026-01-02T03:04:06Z", lastUse(tenant));
    used(List.of(use(tenant, key, "2026-01-01T00:00:00Z"))).statusCode(204);
    assertEquals("2026-01-02T03:04:06Z", lastUse(tenant));

    // A clock that is ahead does not make a use of tomorrow.
    used(List.of(use(tenant, key, "2099-01-01T00:00:00Z"))).statusCode(204);
    assertTrue(Instant.parse(lastUse(tenant)).isBefore(Instant.now().plusSeconds(60)));
  }

  @Test
  void recordsTheFirstUseOfAKeyAndOfADay() {
    TestTenant tenant = TestTenant.signUp();
    String key = agentKey(tenant);
    used(List.of(use(tenant, key, "2026-01-02T03:04:05Z"))).statusCode(204);
    used(List.of(use(tenant, key, "2026-01-02T13:04:05Z"))).statusCode(204);
    used(List.of(use(tenant, key, "2026-01-03T00:00:05Z"))).statusCode(204);

    List<JsonNode> uses =
        ShippedRecords.await(
                tenant.orgId(), all -> all.stream().filter(KeyUseIT::isUse).count() >= 2)
            .stream()
            .filter(KeyUseIT::isUse)
            .toList();

    assertEquals(
        List.of("ever", "day"),
        uses.stream().map(record -> record.at("/keyUse/first").asText()).toList());
    assertEquals(key, uses.getFirst().at("/keyUse/keyId").asText());
    assertEquals("2026-01-02T03:04:05.000000Z", uses.getFirst().get("decidedAt").asText());
  }

  private static boolean isUse(JsonNode record) {
    return record.get("kind").asText().equals("key_use");
  }

  @Test
  void touchesNoKeyOfAnotherTenant() {
    TestTenant tenant = TestTenant.signUp();
    TestTenant other = TestTenant.signUp();
    used(List.of(use(other, agentKey(tenant), "2026-01-02T03:04:05Z"))).statusCode(204);

    assertNull(lastUse(tenant));
  }

  @Test
  void refusesWhatIsNoUse() {
    TestTenant tenant = TestTenant.signUp();
    used(Map.of())
        .statusCode(400)
        .body("detail", equalTo("The body is not a JSON array ([…]) of at most 1000 objects."));
    used(List.of(7)).statusCode(400);
    used(List.of(Map.of("tenantId", tenant.orgId(), "keyId", "k", "lastUsedAt", "yesterday")))
        .statusCode(400)
        .body("errors.path", hasItem("[0].lastUsedAt"));
    used(List.of(Map.of("tenantId", "acme", "keyId", "k", "lastUsedAt", "2026-01-02T03:04:05Z")))
        .statusCode(400);
    given()
        .header("Authorization", TestKeys.bearer("audit-service", "tenant-service"))
        .contentType("application/json")
        .body(List.of())
        .post("/internal/key-use")
        .then()
        .statusCode(401);
  }
}
