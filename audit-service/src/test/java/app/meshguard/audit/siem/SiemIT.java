package app.meshguard.audit.siem;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.OwnerView;
import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.TenantServiceStandIn;
import app.meshguard.audit.ingest.Shipper;
import app.meshguard.wire.TenantId;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@RunningAuditService
class SiemIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SPLUNK = "{\"text\":\"Success\",\"code\":0}";
  private static final String ELASTIC = "{\"errors\":false}";

  private final TenantId tenant = SampleRecords.tenant();

  @Inject OwnerView owner;

  @AfterEach
  void sendNothingMore() {
    given().header("X-Admin-Token", admin(tenant)).delete("/admin/siem/own");
  }

  @Test
  void sendsSplunkEveryEntryInOrder() throws Exception {
    List<String> records = List.of(SampleRecords.decision(tenant), SampleRecords.outcome(tenant));
    Shipper.registered().ship(records);
    try (Receiver splunk = new Receiver(SPLUNK)) {
      put(Map.of("type", "splunk_hec", "url", splunk.url(), "secret", "hec-token", "index", "main"))
          .statusCode(200)
          .body("nextIndex", equalTo(0))
          .body("type", equalTo("splunk_hec"));

      Receiver.Call call = splunk.take();

      assertEquals("/services/collector/event", call.path());
      assertEquals("Splunk hec-token", call.authorization());
      String[] lines = call.body().split("\n");
      JsonNode first = JSON.readTree(lines[0]);
      assertEquals(JSON.readTree(records.get(0)), first.at("/event/record"));
      assertEquals("main", first.get("index").textValue());
      assertEquals("meshguard:audit", first.get("sourcetype").textValue());
      assertEquals(0, first.at("/event/index").intValue());
      assertTrue(first.at("/fields/meshguard_id").textValue().startsWith("ent_"));
      assertEquals(JSON.readTree(records.get(1)), JSON.readTree(lines[1]).at("/event/record"));
    }
  }

  @Test
  void sendsElasticDocumentsUnderTheirIds() throws Exception {
    String record = SampleRecords.decision(tenant);
    Shipper.registered().ship(List.of(record));
    try (Receiver elastic = new Receiver(ELASTIC)) {
      put(Map.of(
              "type", "elastic_bulk",
              "url", elastic.url() + "/es/",
              "secret", "api-key",
              "index", "meshguard"))
          .statusCode(200);

      Receiver.Call call = elastic.take();

      assertEquals("/es/_bulk?filter_path=errors", call.path());
      assertEquals("ApiKey api-key", call.authorization());
      String[] lines = call.body().split("\n");
      JsonNode action = JSON.readTree(lines[0]).get("index");
      JsonNode document = JSON.readTree(lines[1]);
      assertEquals("meshguard", action.get("_index").textValue());
      assertEquals(document.at("/event/id"), action.get("_id"));
      assertEquals(JSON.readTree(record), JSON.readTree(document.at("/event/original").asText()));
      assertEquals("deny", document.at("/meshguard/decision").textValue());
    }
  }

  @Test
  void sendsAgainUnderTheSameIdsWhatWasNotTaken() throws Exception {
    Shipper.registered().ship(List.of(SampleRecords.decision(tenant)));
    try (Receiver elastic = new Receiver(ELASTIC)) {
      elastic.next(503, "");
      elastic.next(200, "{\"errors\":true}");
      elastic.next(302, "");
      elastic.next(200, "not json");
      put(Map.of("type", "elastic_bulk", "url", elastic.url(), "secret", "s", "index", "i"))
          .statusCode(200);

      String id = id(elastic.take());
      for (int attempt = 0; attempt < 3; attempt++) {
        assertEquals(id, id(elastic.take()));
      }
      // The one that is taken, and then what came after it: the entry about the receiver itself.
      assertEquals(id, id(elastic.take()));
    }
  }

  @Test
  void saysWhatWentWrongAndNeverTheSecret() throws Exception {
    Shipper.registered().ship(List.of(SampleRecords.decision(tenant)));
    try (Receiver splunk = new Receiver("never echoed")) {
      splunk.next(401, "never echoed");
      put(Map.of("type", "splunk_hec", "url", splunk.url(), "secret", "hec-token"))
          .statusCode(200)
          .body(not(containsString("hec-token")));
      splunk.take();
      splunk.take();

      status()
          .body("nextIndex", equalTo(0))
          .body("sent", equalTo(0))
          .body("lastError", not(containsString("echoed")));
      given()
          .header("X-Admin-Token", reader(tenant))
          .get("/admin/siem")
          .then()
          .statusCode(200)
          .body("targets", hasSize(1))
          .body(not(containsString("hec-token")));
    }
    assertFalse(
        owner
            .asSuperuserText("SELECT secret FROM siem_target WHERE tenant_id = '" + tenant + "'")
            .contains("hec-token"));
    assertTrue(owner.records(tenant).stream().anyMatch(record -> record.contains("\"siem.put\"")));
    assertTrue(owner.records(tenant).stream().noneMatch(record -> record.contains("hec-token")));
  }

  @Test
  void passesOverWhatRetentionHasDeleted() throws Exception {
    String kept = SampleRecords.decision(tenant);
    Shipper.registered()
        .ship(List.of(SampleRecords.decision(tenant), SampleRecords.decision(tenant), kept));
    owner.asSuperuser("DELETE FROM log_entry WHERE idx < 2 AND tenant_id = '" + tenant + "'");
    try (Receiver splunk = new Receiver(SPLUNK)) {
      put(Map.of("type", "splunk_hec", "url", splunk.url(), "secret", "s")).statusCode(200);

      String body = splunk.take().body();
      JsonNode first = JSON.readTree(body.split("\n")[0]);
      assertEquals(2, first.at("/event/index").intValue());
      assertEquals(JSON.readTree(kept), first.at("/event/record"));
      // Nothing is sent twice: what comes next is the entry about the receiver, if it was not in
      // it.
      if (!body.contains("siem.put")) {
        assertTrue(splunk.take().body().contains("siem.put"));
      }
    }
  }

  @Test
  void startsWithWhatComesNextWhenAsked() throws Exception {
    Shipper.registered().ship(List.of(SampleRecords.decision(tenant)));
    try (Receiver splunk = new Receiver(SPLUNK)) {
      put(Map.of("type", "splunk_hec", "url", splunk.url(), "secret", "s", "start", "now"))
          .statusCode(200)
          .body("nextIndex", equalTo(1));

      // The first that came next is the one about this receiver.
      String[] lines = splunk.take().body().split("\n");
      assertEquals("system", JSON.readTree(lines[0]).at("/event/record/kind").textValue());
    }
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    put(Map.of("type", "syslog", "url", "ftp://x", "secret", "a b", "colour", "red"))
        .statusCode(400)
        .contentType("application/problem+json")
        .body("errors.path", equalTo(List.of("colour", "type", "url", "secret")));
    put(Map.of("type", "elastic_bulk", "url", "https://user@x/", "secret", "s"))
        .statusCode(400)
        .body("errors.path", equalTo(List.of("url", "index")));
    given()
        .header("X-Admin-Token", reader(tenant))
        .get("/admin/siem?limit=1")
        .then()
        .statusCode(400)
        .body("detail", containsString("limit"));
  }

  @Test
  void keepsTenantsApart() throws Exception {
    try (Receiver splunk = new Receiver(SPLUNK)) {
      put(Map.of("type", "splunk_hec", "url", splunk.url(), "secret", "s")).statusCode(200);
      TenantId stranger = SampleRecords.tenant();

      given()
          .header("X-Admin-Token", admin(stranger))
          .get("/admin/siem/own")
          .then()
          .statusCode(404);
      given()
          .header("X-Admin-Token", admin(stranger))
          .delete("/admin/siem/own")
          .then()
          .statusCode(404);
      status();
    }
  }

  @Test
  void letsOnlyAnOwnerSendTheLogElsewhere() {
    given()
        .header("X-Admin-Token", reader(tenant))
        .contentType("application/json")
        .body(Map.of("type", "splunk_hec", "url", "https://x", "secret", "s"))
        .put("/admin/siem/own")
        .then()
        .statusCode(403);
    given()
        .header("X-Admin-Token", reader(tenant))
        .delete("/admin/siem/own")
        .then()
        .statusCode(403);
    given().get("/admin/siem").then().statusCode(401);
  }

  private ValidatableResponse put(Map<String, ?> settings) {
    return given()
        .header("X-Admin-Token", admin(tenant))
        .contentType("application/json")
        .body(settings)
        .put("/api/v1/admin/siem/own")
        .then();
  }

  private ValidatableResponse status() {
    return given()
        .header("X-Admin-Token", reader(tenant))
        .get("/admin/siem/own")
        .then()
        .statusCode(200);
  }

  private static String id(Receiver.Call call) throws Exception {
    return JSON.readTree(call.body().split("\n")[0]).at("/index/_id").textValue();
  }

  private static String admin(TenantId whose) {
    return TenantServiceStandIn.token(whose, TenantServiceStandIn.Known.OWNER);
  }

  private static String reader(TenantId whose) {
    return TenantServiceStandIn.token(whose, TenantServiceStandIn.Known.READER);
  }
}
