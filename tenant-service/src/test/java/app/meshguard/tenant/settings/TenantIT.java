package app.meshguard.tenant.settings;

import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.jupiter.api.Assertions.assertEquals;

import app.meshguard.tenant.TenantService;
import app.meshguard.tenant.TestTenant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

@TenantService
class TenantIT {

  @Test
  void publishesWhatTheTenantSets() {
    TestTenant tenant = TestTenant.signUp();
    tenant
        .patch(
            "/admin/tenant",
            Map.of(
                "timezone",
                "Europe/Berlin",
                "mode",
                "audit",
                "maxStalenessSeconds",
                60,
                "mediumRiskPerMinute",
                10,
                "tierCeilings",
                Map.of("sandboxed", List.of("read:docs"))))
        .then()
        .statusCode(200)
        .body("mode", equalTo("audit"))
        .body("name", equalTo("Acme"));

    var settings = tenant.section("directory");
    assertEquals("Europe/Berlin", settings.getString("settings.timezone"));
    assertEquals("audit", settings.getString("settings.mode"));
    assertEquals(60, settings.getInt("settings.maxStalenessSeconds"));
    assertEquals(10, settings.getInt("settings.riskFloors.medium.callsPerMinute"));
    assertEquals(
        Map.of("untrusted", List.of("read:docs")), settings.getMap("settings.tierCeilings"));
  }

  @Test
  void publishesTheFloorsThatTheTenantSetAndNoOthers() {
    TestTenant tenant = TestTenant.signUp();
    tenant
        .get("/admin/tenant")
        .then()
        .body("riskFloors", equalTo(Map.of()))
        .body("mediumRiskPerMinute", equalTo(600));
    Map<String, Object> high =
        Map.of(
            "callsPerMinute",
            5,
            "requireApproval",
            List.of("*"),
            "except",
            List.of("read:*", "list:*"),
            "exactRuleSuffices",
            true);
    tenant
        .patch("/admin/tenant", Map.of("riskFloors", Map.of("high", high, "low", Map.of())))
        .then()
        .statusCode(200)
        .body("riskFloors.high.callsPerMinute", equalTo(5))
        .body("propagated", equalTo(true));
    tenant.patch("/admin/tenant", Map.of("mediumRiskPerMinute", 7)).then().statusCode(200);

    Map<String, Object> floors = tenant.section("directory").getMap("settings.riskFloors");
    assertEquals(Set.of("high", "low", "medium"), floors.keySet());
    assertEquals(high, floors.get("high"));
    tenant
        .patch("/admin/tenant", Map.of("riskFloors", Map.of()))
        .then()
        .body("riskFloors", equalTo(Map.of()))
        .body("mediumRiskPerMinute", equalTo(600));
  }

  @Test
  void namesEachFaultOfAFloorByItsPlace() {
    TestTenant.signUp()
        .patch(
            "/admin/tenant",
            "{\"riskFloors\":{\"hihg\":{},\"high\":{\"callsPerMinute\":0,"
                + "\"requireApproval\":[\"a b:*\"],\"exept\":[]},\"critical\":7}}")
        .then()
        .statusCode(400)
        .body(
            "errors.path",
            hasItems(
                "riskFloors.hihg",
                "riskFloors.high.callsPerMinute",
                "riskFloors.high.exept",
                "riskFloors.critical"));
  }

  @Test
  void refusesValuesOutOfBounds() {
    TestTenant.signUp()
        .patch(
            "/admin/tenant",
            "{\"timezone\":\"Mars/Base\",\"mode\":\"off\",\"maxStalenessSeconds\":1,"
                + "\"mediumRiskPerMinute\":0,\"tierCeilings\":{\"king\":[]},\"orgId\":\"x\"}")
        .then()
        .statusCode(400)
        .body(
            "errors.path",
            containsInAnyOrder(
                "timezone",
                "mode",
                "maxStalenessSeconds",
                "mediumRiskPerMinute",
                "tierCeilings.king",
                "orgId"));
  }
}
