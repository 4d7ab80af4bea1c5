package app.meshguard.tenant.key;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import app.meshguard.tenant.TenantService;
import app.meshguard.tenant.TestTenant;
import app.meshguard.wire.ApiKey;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@TenantService
class KeyIT {

  @Test
  void publishesAHashAndNeverTheText() {
    TestTenant tenant = TestTenant.signUp();
    JsonPath made =
        tenant
            .post("/admin/keys", Map.of("name", "backend", "agentTags", List.of("support")))
            .then()
            .statusCode(201)
            .body("key", notNullValue())
            .extract()
            .jsonPath();
    String text = made.getString("key");

    Map<String, Object> entry =
        tenant.section("directory").getMap("keys.find { it.id == '" + made.get("id") + "' }");
    assertEquals(ApiKey.sha256(text), entry.get("sha256"));
    assertEquals(List.of("support"), entry.get("agentTags"));
    tenant.get("/admin/keys").then().body("keys.key", everyItem(nullValue()));
    assertFalse(tenant.get("/admin/keys").asString().contains(text.substring(30, 60)));
  }

  @Test
  void revokesAtOnce() {
    TestTenant tenant = TestTenant.signUp();
    String id =
        tenant.post("/admin/keys", Map.of("agentId", tenant.agentId())).then().extract().path("id");
    tenant.delete("/admin/keys/" + id).then().statusCode(200).body("revokedAt", notNullValue());
    tenant.delete("/admin/keys/" + id).then().statusCode(200);
    tenant.get("/admin/keys").then().body("keys.id", not(hasItem(id)));
    // Still listed, as revoked: the replicas record its refusals.
    Map<String, Object> entry =
        tenant.section("directory").getMap("keys.find { it.id == '" + id + "' }");
    assertNotNull(entry.get("revokedAt"));
    assertEquals(List.of(id), tenant.section("revocations").getList("revoked.id"));
  }

  @Test
  void keepsAdminTokensOutOfTheBundle() {
    TestTenant tenant = TestTenant.signUp();
    tenant
        .get("/admin/keys")
        .then()
        .body("keys", hasSize(2))
        .body("keys.lastUsedAt", hasItem(notNullValue()));
    assertEquals(1, tenant.section("directory").getList("keys").size());
  }

  @Test
  void keepsTheLastAdminTokenThatCanMakeOthers() {
    TestTenant tenant = TestTenant.signUp();
    String first = tenant.get("/admin/keys").path("keys.find { it.kind == 'admin' }.id");
    tenant
        .post("/admin/keys", Map.of("kind", "admin", "permissions", List.of("policies:read")))
        .then()
        .statusCode(201);
    tenant
        .delete("/admin/keys/" + first)
        .then()
        .statusCode(409)
        .body("detail", containsString("POST /admin/keys"));
    tenant
        .post("/admin/keys", Map.of("kind", "admin", "permissions", List.of("agents:write")))
        .then()
        .statusCode(201);
    tenant.delete("/admin/keys/" + first).then().statusCode(200);
    tenant.get("/admin/keys").then().statusCode(401);
  }

  @Test
  void refusesWhatMakesNoSense() {
    TestTenant tenant = TestTenant.signUp();
    tenant.post("/admin/keys", Map.of("name", "x")).then().statusCode(400);
    tenant.post("/admin/keys", Map.of("kind", "admin")).then().statusCode(400);
    tenant
        .post("/admin/keys", Map.of("kind", "admin", "permissions", List.of("root")))
        .then()
        .statusCode(400);
    tenant.post("/admin/keys", Map.of("agentId", "agent_0000000000000000")).then().statusCode(404);
  }
}
