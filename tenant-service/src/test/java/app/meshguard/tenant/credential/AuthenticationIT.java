package app.meshguard.tenant.credential;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import app.meshguard.tenant.TenantService;
import app.meshguard.tenant.TestTenant;
import app.meshguard.testsupport.TestKeys;
import app.meshguard.wire.ApiKey;
import app.meshguard.wire.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@TenantService
class AuthenticationIT {

  private static void refused(String header, String value) {
    given()
        .header(header, value)
        .get("/admin/agents")
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("code", equalTo("unauthorized"));
  }

  @Test
  void takesTheAdminTokenInEitherHeader() {
    TestTenant tenant = TestTenant.signUp();
    tenant.get("/admin/agents").then().statusCode(200);
    given()
        .header("Authorization", "Bearer " + tenant.adminToken())
        .header("X-MeshGuard-API-Key", tenant.apiKey())
        .get("/admin/agents")
        .then()
        .statusCode(200);
  }

  @Test
  void refusesEverythingElse() {
    TestTenant tenant = TestTenant.signUp();
    String forged = ApiKey.generate(ApiKey.Kind.ADMIN_TOKEN, new TenantId(tenant.orgId())).text();
    given().get("/admin/agents").then().statusCode(401);
    refused("X-Admin-Token", "");
    refused("X-Admin-Token", tenant.adminToken() + "x");
    refused("X-Admin-Token", tenant.adminToken().replaceFirst(".$", "~"));
    refused("X-Admin-Token", tenant.apiKey());
    refused("X-Admin-Token", forged);
    refused("Authorization", "Bearer " + tenant.agentToken());
    refused("Authorization", "Bearer " + tenant.apiKey());
    refused("Authorization", TestKeys.bearer("decision-service", "tenant-service"));
  }

  @Test
  void refusesWithoutThePermissionAndGrantsNoMoreThanTheMakerHas() {
    TestTenant tenant = TestTenant.signUp();
    String weak =
        tenant
            .post(
                "/admin/keys",
                Map.of("kind", "admin", "permissions", List.of("agents:read", "agents:write")))
            .then()
            .statusCode(201)
            .extract()
            .path("key");
    TestTenant other = new TestTenant(tenant.orgId(), "", weak, tenant.agentId(), "");

    other.get("/admin/agents").then().statusCode(200);
    other.delete("/admin/agents/" + tenant.agentId()).then().statusCode(403);
    other.get("/admin/policies").then().statusCode(403).body("code", equalTo("forbidden"));
    other
        .post("/admin/keys", Map.of("kind", "admin", "permissions", List.of("audit:read")))
        .then()
        .statusCode(403);
  }

  @Test
  void refusesARevokedToken() {
    TestTenant tenant = TestTenant.signUp();
    var made =
        tenant
            .post("/admin/keys", Map.of("kind", "admin", "permissions", List.of("agents:read")))
            .jsonPath();
    tenant.delete("/admin/keys/" + made.getString("id")).then().statusCode(200);
    refused("X-Admin-Token", made.getString("key"));
  }

  @Test
  void refusesATokenThatExpiresInThePast() {
    TestTenant.signUp()
        .post(
            "/admin/keys",
            Map.of(
                "kind", "admin",
                "permissions", List.of("agents:read"),
                "expiresAt", Instant.now().minusSeconds(5).toString()))
        .then()
        .statusCode(400)
        .body("errors.path", hasItem("expiresAt"));
  }

  @Test
  void tellsOtherServicesWhoAnAdminIs() {
    TestTenant tenant = TestTenant.signUp();
    ApiKey token = ApiKey.parse(tenant.adminToken()).orElseThrow();
    Map<String, String> query =
        Map.of("tenantId", tenant.orgId(), "keyId", token.keyId(), "sha256", token.sha256());
    String audit = TestKeys.bearer("audit-service", "tenant-service");

    given()
        .header("Authorization", audit)
        .contentType("application/json")
        .body(query)
        .post("/internal/credentials/admin")
        .then()
        .statusCode(200)
        .body("tenantId", equalTo(tenant.orgId()))
        .body("permissions", hasItem("audit:read"));
    given()
        .header("Authorization", audit)
        .contentType("application/json")
        .body(Map.of("tenantId", tenant.orgId(), "keyId", token.keyId(), "sha256", "0".repeat(64)))
        .post("/internal/credentials/admin")
        .then()
        .statusCode(404);
  }

  @Test
  void letsOnlyTheNamedServicesIn() {
    given().get("/internal/bundles").then().statusCode(401);
    given()
        .header("Authorization", TestKeys.bearer("audit-service", "tenant-service"))
        .get("/internal/bundles")
        .then()
        .statusCode(401);
    given()
        .header("Authorization", TestKeys.bearer("decision-service", "audit-service"))
        .get("/internal/bundles")
        .then()
        .statusCode(401);
    given()
        .header("Authorization", "Bearer " + TestTenant.signUp().adminToken())
        .get("/internal/bundles")
        .then()
        .statusCode(401);
    TestTenant.replica().get("/internal/bundles").then().statusCode(200);
  }
}
