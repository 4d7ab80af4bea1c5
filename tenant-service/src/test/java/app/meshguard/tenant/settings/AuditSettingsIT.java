package app.meshguard.tenant.settings;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.tenant.TenantService;
import app.meshguard.tenant.TestTenant;
import app.meshguard.testsupport.TestKeys;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@TenantService
class AuditSettingsIT {
  private static RequestSpecification audit() {
    return given().header("Authorization", TestKeys.bearer("audit-service", "tenant-service"));
  }

  @Test
  void tellsTheAuditServiceWhatTheTenantSet() {
    TestTenant tenant = TestTenant.signUp();
    String path = "/internal/audit-settings/" + tenant.orgId();
    audit()
        .get(path)
        .then()
        .statusCode(200)
        .body("plan", equalTo("free"))
        .body("retentionDays", nullValue())
        .body("erasurePaths", equalTo(List.of()));
    int directory = tenant.section("directory").getInt("version");
    tenant
        .patch(
            "/admin/tenant",
            Map.of("retentionDays", 30, "erasurePaths", List.of("context.customer.id")))
        .then()
        .statusCode(200)
        .body("retentionDays", equalTo(30))
        .body("erasurePaths", equalTo(List.of("context.customer.id")));

    audit()
        .get(path)
        .then()
        .body("retentionDays", equalTo(30))
        .body("erasurePaths", equalTo(List.of("context.customer.id")));
    // No replica decides otherwise for it.
    assertEquals(directory, tenant.section("directory").getInt("version"));
    String all =
        audit().get("/internal/audit-settings").then().statusCode(200).extract().asString();
    assertTrue(
        all.contains(
            "{\"tenantId\":\""
                + tenant.orgId()
                + "\",\"plan\":\"free\",\"retentionDays\":30,"
                + "\"erasurePaths\":[\"context.customer.id\"]}\n"));

    Map<String, Object> cleared = new HashMap<>();
    cleared.put("retentionDays", null);
    tenant.patch("/admin/tenant", cleared).then().body("retentionDays", nullValue());
    audit().get(path).then().body("retentionDays", nullValue());
  }

  @Test
  void refusesMoreThanThePlanAllowsAndPathsThatAreNone() {
    TestTenant tenant = TestTenant.signUp();
    tenant
        .patch("/admin/tenant", Map.of("retentionDays", 31))
        .then()
        .statusCode(400)
        .body("detail", containsString("30 days, the most of the plan free"));
    for (Object days : List.of(0, 3651, "30", 1.5)) {
      tenant.patch("/admin/tenant", Map.of("retentionDays", days)).then().statusCode(400);
    }
    for (String path :
        List.of(
            "customer.id", "context", "context.", "context.a b", "context.a[0]", "agent.name")) {
      tenant
          .patch("/admin/tenant", Map.of("erasurePaths", List.of(path)))
          .then()
          .statusCode(400)
          .body("errors.path", hasItem("erasurePaths"));
    }
  }

  @Test
  void isForTheAuditServiceAlone() {
    TestTenant tenant = TestTenant.signUp();
    for (String path :
        List.of("/internal/audit-settings", "/internal/audit-settings/" + tenant.orgId())) {
      TestTenant.replica().get(path).then().statusCode(401);
      tenant.get(path).then().statusCode(401);
      given().get(path).then().statusCode(401);
    }
    audit().get("/internal/audit-settings/org_0000000000000000").then().statusCode(404);
    audit().get("/internal/audit-settings/x").then().statusCode(404);
  }
}
