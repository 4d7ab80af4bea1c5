package app.meshguard.tenant.target;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import app.meshguard.identity.SecretsKey;
import app.meshguard.tenant.TenantService;
import app.meshguard.tenant.TestTenant;
import app.meshguard.testsupport.TestKeys;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@TenantService
class TargetIT {

  private static String create(TestTenant tenant, String name) {
    return tenant
        .post("/admin/targets", Map.of("name", name, "baseUrl", "https://api.example.com/"))
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  @Test
  void sealsHeadersForTheGatewayAndAnswersOnlyTheirNames() {
    TestTenant tenant = TestTenant.signUp();
    String answer =
        tenant
            .post(
                "/admin/targets",
                Map.of(
                    "name",
                    "shop",
                    "baseUrl",
                    "http://127.0.0.1:9/api",
                    "declaredActions",
                    "trusted",
                    "routes",
                    List.of(
                        Map.of("method", "POST", "path", "/refunds/*", "action", "write:refund")),
                    "headers",
                    Map.of("Authorization", "Bearer s3cret"),
                    "env",
                    Map.of("stage", "prod")))
            .then()
            .statusCode(201)
            .body("primary", equalTo(true))
            .body("headers", contains("Authorization"))
            .body(not(containsString("s3cret")))
            .extract()
            .path("id");

    var entry = tenant.section("directory").getMap("targets[0]");
    @SuppressWarnings("unchecked")
    Map<String, String> sealed = (Map<String, String>) entry.get("sealedHeaders");
    SecretsKey key = SecretsKey.load(TestKeys.deployment().secretsKey());
    String purpose = tenant.orgId() + "/" + answer + "/Authorization";
    assertEquals("Bearer s3cret", key.open(sealed.get("Authorization"), purpose));
    assertThrows(
        IllegalArgumentException.class,
        () -> key.open(sealed.get("Authorization"), purpose.replace("org_", "org-")));
    assertEquals("trusted", entry.get("declaredActions"));
  }

  @Test
  void hasExactlyOnePrimary() {
    TestTenant tenant = TestTenant.signUp();
    String first = create(tenant, "first");
    String second = create(tenant, "second");
    tenant.patch("/admin/targets/" + first, Map.of("primary", false)).then().statusCode(400);
    tenant
        .patch("/admin/targets/" + second, Map.of("primary", true))
        .then()
        .statusCode(200)
        .body("primary", equalTo(true));
    tenant.get("/admin/targets").then().body("targets.primary", contains(false, true));
    tenant.delete("/admin/targets/" + second).then().statusCode(200);
    tenant.get("/admin/targets").then().body("targets.primary", contains(true));
  }

  @Test
  void mergesHeadersAndRemovesThoseThatAreNull() {
    TestTenant tenant = TestTenant.signUp();
    String id = create(tenant, "t");
    tenant.patch("/admin/targets/" + id, Map.of("headers", Map.of("X-A", "1", "X-B", "2")));
    tenant
        .patch("/admin/targets/" + id, "{\"headers\":{\"x-a\":null,\"X-C\":\"3\"}}")
        .then()
        .statusCode(200)
        .body("headers", contains("X-B", "X-C"));
  }

  @Test
  void refusesATakenName() {
    TestTenant tenant = TestTenant.signUp();
    create(tenant, "t");
    tenant
        .post("/admin/targets", Map.of("name", "t", "baseUrl", "https://b.example.com"))
        .then()
        .statusCode(409);
  }

  @Test
  void refusesHeadersThatAreOurs() {
    TestTenant.signUp()
        .post(
            "/admin/targets",
            Map.of(
                "name", "t",
                "baseUrl", "https://b.example.com",
                "headers", Map.of("Host", "a", "X-MeshGuard-Action", "b", "X-Ok", "a\r\nb: c")))
        .then()
        .statusCode(400)
        .body("errors.path", hasItem("headers.Host"))
        .body("errors.path", hasItem("headers.X-MeshGuard-Action"))
        .body("errors.path", hasItem("headers.X-Ok"));
  }
}
