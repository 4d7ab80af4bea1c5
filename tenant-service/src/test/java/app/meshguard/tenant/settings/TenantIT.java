package app.meshguard.tenant.settings;

import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import app.meshguard.tenant.TenantService;
import app.meshguard.tenant.TestTenant;
import java.util.List;
import java.util.Map;
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
    assertEquals(10, settings.getInt("settings.mediumRiskPerMinute"));
    assertEquals(
        Map.of("untrusted", List.of("read:docs")), settings.getMap("settings.tierCeilings"));
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
