package app.meshguard.audit.hold;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import app.meshguard.audit.LifecycleCalls;
import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.TenantServiceStandIn;
import app.meshguard.audit.TenantServiceStandIn.Known;
import app.meshguard.wire.TenantId;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@RunningAuditService
class HoldsResourceIT {
  private final TenantId tenant = TenantServiceStandIn.tenant(TenantServiceStandIn.PLAIN);
  private final LifecycleCalls calls = new LifecycleCalls(tenant);
  @Inject app.meshguard.audit.OpenedLog opened;

  @Test
  void placesListsAndLiftsAndHasTheLogTellOfBoth() {
    String id =
        place("{\"reason\":\"case 7\",\"subject\":\"ann\",\"agentId\":\"agent_1\"}")
            .statusCode(201)
            .body("state", equalTo("in_force"))
            .body("subject", startsWith("sub_"))
            .body("paths", equalTo(List.of("context.customer.id")))
            .body("liftedAt", nullValue())
            .extract()
            .path("id");
    lift(id, "?reason=over").statusCode(200).body("state", equalTo("lifted"));
    lift(id, "?reason=again").statusCode(200).body("liftedBecause", equalTo("over"));
    calls
        .owner()
        .get("/admin/holds")
        .then()
        .statusCode(200)
        .body("holds", hasSize(1))
        .body("holds[0].reason", equalTo("case 7"));
    List<String> told = opened.records(tenant);
    assertEquals(2, told.size());
    assertEquals(1, told.stream().filter(r -> r.contains("\"hold.placed\"")).count());
    assertEquals(1, told.stream().filter(r -> r.contains("\"hold.lifted\"")).count());
    assertEquals(0, told.stream().filter(r -> r.contains("\"ann\"")).count());
  }

  @Test
  void isNotThereForAnotherTenant() {
    String id = place("{\"reason\":\"r\",\"wholeTenant\":true}").extract().path("id");
    LifecycleCalls other = new LifecycleCalls(SampleRecords.tenant());
    other.owner().get("/admin/holds").then().statusCode(200).body("holds", hasSize(0));
    for (String one : new String[] {id, "hld_0000000000000000000000"}) {
      other
          .owner()
          .delete("/admin/holds/" + one + "?reason=r")
          .then()
          .statusCode(404)
          .body("detail", equalTo("There is no such hold."));
    }
    calls.owner().get("/admin/holds").then().body("holds[0].state", equalTo("in_force"));
  }

  @Test
  void refusesWhatItCannotRead() {
    place("{\"reason\":\"r\"}").statusCode(400).body("code", equalTo("invalid_request"));
    place("{").statusCode(400).body("detail", containsString("not valid JSON"));
    lift("hld_x", "").statusCode(400).body("detail", containsString("reason is missing"));
    calls.owner().get("/admin/holds?limit=1").then().statusCode(400);
    place("{\"reason\":\"r\",\"subject\":\"ann\"}", TenantServiceStandIn.WITHOUT_PATHS)
        .statusCode(400)
        .body("detail", containsString("erasurePaths"));
    place("{\"reason\":\"r\",\"subject\":\"ann\"}", TenantServiceStandIn.DOWN)
        .statusCode(503)
        .body("code", equalTo("unavailable"));
  }

  @Test
  void needsATokenWithAllPermissions() {
    for (Known who : List.of(Known.READER, Known.WITHOUT_PERMISSION)) {
      given()
          .header("X-Admin-Token", TenantServiceStandIn.token(tenant, who))
          .contentType("application/json")
          .body("{\"reason\":\"r\",\"wholeTenant\":true}")
          .post("/admin/holds")
          .then()
          .statusCode(403)
          .body("detail", containsString("This one lacks"));
    }
    given().get("/admin/holds").then().statusCode(401);
    calls.reader().get("/admin/holds").then().statusCode(200);
    calls.reader().delete("/api/v1/admin/holds/hld_x?reason=r").then().statusCode(403);
  }

  private ValidatableResponse place(String body) {
    return calls.owner().contentType("application/json").body(body).post("/admin/holds").then();
  }

  private static ValidatableResponse place(String body, char mark) {
    return new LifecycleCalls(TenantServiceStandIn.tenant(mark))
        .owner()
        .contentType("application/json")
        .body(body)
        .post("/admin/holds")
        .then();
  }

  private ValidatableResponse lift(String id, String query) {
    return calls.owner().delete("/admin/holds/" + id + query).then();
  }
}
