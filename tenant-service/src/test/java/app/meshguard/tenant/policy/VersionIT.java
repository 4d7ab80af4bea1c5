package app.meshguard.tenant.policy;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import app.meshguard.tenant.TenantService;
import app.meshguard.tenant.TestTenant;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@TenantService
class VersionIT {
  private TestTenant tenant;

  @BeforeEach
  void signUp() {
    tenant = TestTenant.signUp();
  }

  private static String text(String description) {
    return TestTenant.policy("p") + "description: " + description + "\n";
  }

  private Response draft(String yaml) {
    return tenant
        .admin()
        .contentType("application/yaml")
        .body(yaml.getBytes(StandardCharsets.UTF_8))
        .post("/admin/policies?publish=false");
  }

  private Response publish(int revision) {
    return tenant.post("/admin/policies/p/publish", Map.of("revision", revision));
  }

  private Response canary(int revision, int percent) {
    return tenant.post(
        "/admin/policies/p/publish", Map.of("revision", revision, "percent", percent));
  }

  private Response rollBack() {
    return tenant.admin().post("/admin/policies/p/rollback");
  }

  private Response rollBack(int revision) {
    return tenant.post("/admin/policies/p/rollback", Map.of("revision", revision));
  }

  private int inForce() {
    return tenant.get("/admin/policies/p").path("revision");
  }

  private String published(String what) {
    return tenant.section("policies").getString("policies[0]." + what);
  }

  @Test
  void keepsADraftOutOfForceUntilItIsPublished() {
    draft(text("one"))
        .then()
        .statusCode(200)
        .body("policies[0].revision", equalTo(1))
        .body("policies[0].changed", equalTo(true))
        .body("policies[0].status", equalTo("draft"))
        .body("propagated", nullValue());
    tenant.get("/admin/policies").then().body("policies", empty());
    tenant.get("/admin/policies/p").then().statusCode(404);
    assertEquals(1, tenant.section("policies").getInt("version"));
    tenant
        .get("/admin/policies?status=all")
        .then()
        .body("policies.name", contains("p"))
        .body("policies[0].status", equalTo("draft"))
        .body("policies[0].revision", equalTo(0))
        .body("policies[0].newestRevision", equalTo(1));

    publish(1)
        .then()
        .statusCode(200)
        .body("revision", equalTo(1))
        .body("status", equalTo("in_force"))
        .body("propagated", equalTo(true));
    assertEquals(2, tenant.section("policies").getInt("version"));
    publish(1).then().statusCode(200).body("propagated", nullValue());
  }

  @Test
  void storesADraftBesideWhatIsInForce() {
    tenant.apply(text("one"));
    draft(text("two")).then().body("policies[0].revision", equalTo(2));
    draft(text("two")).then().body("policies[0].changed", equalTo(false));
    draft(text("one")).then().body("policies[0].revision", equalTo(1));
    tenant
        .get("/admin/policies/p")
        .then()
        .body("revision", equalTo(1))
        .body("newestRevision", equalTo(2))
        .body("description", equalTo("one"));
    assertEquals("1", published("revision"));
    tenant.apply(text("two")).then().body("policies[0].revision", equalTo(2));
    assertEquals("2", published("revision"));
  }

  @Test
  void showsEachRevisionAndWhoPublishedIt() {
    tenant.apply(text("one"));
    draft(text("two"));
    tenant
        .get("/admin/policies/p/versions")
        .then()
        .body("versions.revision", contains(2, 1))
        .body("versions.inForce", contains(false, true))
        .body("versions[0].publishedAt", nullValue())
        .body("versions[0].createdBy", notNullValue())
        .body("versions[1].publishedAt", notNullValue())
        .body("versions[1].publishedBy", notNullValue())
        .body("versions[0].document", nullValue());
    tenant
        .get("/admin/policies/p/versions/2")
        .then()
        .body("revision", equalTo(2))
        .body("document", containsString("two"));
    tenant.get("/admin/policies/p/versions?limit=1").then().body("next", equalTo("2"));
    tenant.get("/admin/policies/p/versions?cursor=2").then().body("versions.revision", contains(1));
    tenant.get("/admin/policies/p/versions/3").then().statusCode(404);
    tenant.get("/admin/policies/p/versions/x").then().statusCode(404);
  }

  @Test
  void givesACanaryToAShareAndEndsIt() {
    tenant.apply(text("one"));
    draft(text("two"));
    canary(2, 10)
        .then()
        .statusCode(200)
        .body("revision", equalTo(1))
        .body("canary.revision", equalTo(2))
        .body("canary.percent", equalTo(10))
        .body("propagated", equalTo(true));
    assertEquals("1", published("revision"));
    assertEquals("2", published("canary.revision"));
    assertEquals("10", published("canary.percent"));
    assertEquals(text("two").strip(), published("canary.document").strip());
    tenant.get("/admin/policies/p/versions").then().body("versions[0].canaryPercent", equalTo(10));

    canary(2, 50).then().body("canary.percent", equalTo(50));
    rollBack().then().statusCode(409).body("detail", containsString("/admin/policies/p/canary"));
    tenant
        .delete("/admin/policies/p/canary")
        .then()
        .statusCode(200)
        .body("canary", nullValue())
        .body("propagated", equalTo(true));
    assertNull(published("canary"));
    tenant.delete("/admin/policies/p/canary").then().statusCode(404);
  }

  @Test
  void endsACanaryWhenARevisionIsPublishedForEverybody() {
    tenant.apply(text("one"));
    draft(text("two"));
    canary(2, 10);
    publish(2).then().body("revision", equalTo(2)).body("canary", nullValue());
    canary(1, 10);
    publish(2).then().body("canary", nullValue()).body("propagated", equalTo(true));
  }

  @Test
  void refusesACanaryOfWhatIsInForceAndOneBesideNothing() {
    draft(text("one"));
    canary(1, 10).then().statusCode(409).body("detail", containsString("without percent first"));
    publish(1);
    canary(1, 10).then().statusCode(409);
    canary(7, 10).then().statusCode(404);
    canary(1, 0).then().statusCode(400).body("errors[0].path", equalTo("percent"));
    canary(1, 100).then().statusCode(400);
  }

  @Test
  void rollsBackStepByStep() {
    tenant.apply(text("one"));
    tenant.apply(text("two"));
    tenant.apply(text("three"));
    rollBack().then().statusCode(200).body("revision", equalTo(2));
    assertEquals("2", published("revision"));
    rollBack().then().body("revision", equalTo(1)).body("propagated", equalTo(true));
    rollBack().then().statusCode(409).body("detail", containsString("before revision 1"));
    assertEquals(1, inForce());

    publish(3);
    publish(1);
    rollBack().then().body("revision", equalTo(3));
    rollBack().then().body("revision", equalTo(1));
    rollBack().then().statusCode(409);
  }

  @Test
  void rollsBackToANamedRevisionThatWasInForceBefore() {
    tenant.apply(text("one"));
    tenant.apply(text("two"));
    tenant.apply(text("three"));
    draft(text("four"));
    rollBack(1).then().body("revision", equalTo(1));
    rollBack(1).then().statusCode(409).body("detail", containsString("in force already"));
    rollBack(4).then().statusCode(409).body("detail", containsString("/publish"));
    rollBack(9).then().statusCode(404);
    rollBack().then().statusCode(409);
  }

  @Test
  void rollsBackADeletion() {
    tenant.apply(text("one"));
    tenant.apply(text("two"));
    tenant.delete("/admin/policies/p").then().statusCode(200);
    rollBack().then().body("revision", equalTo(2)).body("status", equalTo("in_force"));
    rollBack().then().body("revision", equalTo(1));
  }

  @Test
  void refusesToRollBackADraft() {
    draft(text("one"));
    rollBack().then().statusCode(409).body("detail", containsString("ever in force"));
    tenant.admin().post("/admin/policies/nobodys/rollback").then().statusCode(404);
  }

  @Test
  void answersTheSameRollBackOnceWithItsKey() {
    tenant.apply(text("one"));
    tenant.apply(text("two"));
    tenant.apply(text("three"));
    for (int i = 0; i < 2; i++) {
      tenant
          .admin()
          .header("Idempotency-Key", "roll-back-once")
          .post("/admin/policies/p/rollback")
          .then()
          .statusCode(200)
          .body("revision", equalTo(2));
    }
    assertEquals(2, inForce());
  }

  @Test
  void refusesWhatIsNoFlagAndNoRevision() {
    tenant
        .admin()
        .contentType("application/yaml")
        .body(text("one").getBytes(StandardCharsets.UTF_8))
        .post("/admin/policies?publish=maybe")
        .then()
        .statusCode(400)
        .body("errors[0].path", equalTo("publish"));
    tenant.apply(text("one"));
    tenant
        .post("/admin/policies/p/publish", Map.of("percent", 5))
        .then()
        .statusCode(400)
        .body("errors[0].path", equalTo("revision"));
    tenant.post("/admin/policies/p/publish", Map.of("revision", "one")).then().statusCode(400);
  }
}
