package app.meshguard.audit.ingest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.testsupport.TestKeys;
import app.meshguard.wire.ApiKey;
import app.meshguard.wire.ServiceHeaders;
import app.meshguard.wire.TenantId;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

@RunningAuditService
class EvidenceResourceIT {
  private final TenantId tenant = SampleRecords.tenant();
  private final Shipper shipper = new Shipper();

  @Test
  void registersAJournal() {
    shipper
        .register()
        .then()
        .statusCode(200)
        .body("journal", equalTo(shipper.journal()))
        .body("position", equalTo(0))
        .body("hash", nullValue());
  }

  @Test
  void answersAPositionOnceABatchIsCommitted() {
    shipper.register();
    List<String> records = List.of(SampleRecords.decision(tenant), SampleRecords.outcome(tenant));

    shipper
        .post(1, records)
        .then()
        .statusCode(200)
        .body("position", equalTo(2))
        .body("hash", equalTo(ApiKey.sha256(records.get(1))));
  }

  @Test
  void takesABatchOfTheGreatestSize() {
    shipper.register();
    List<String> records = Collections.nCopies(5_000, SampleRecords.decision(tenant));

    shipper.post(1, records).then().statusCode(200).body("position", equalTo(5_000));
  }

  @Test
  void refusesAGapAndAConflictAndAnUnknownJournal() {
    shipper.post(1, List.of("{}")).then().statusCode(404).body("code", equalTo("not_found"));
    shipper.register();
    shipper.post(2, List.of("{}")).then().statusCode(409).body("code", equalTo("evidence_gap"));
    shipper.post(1, List.of("{}")).then().statusCode(200);
    shipper
        .post(1, List.of("[]"))
        .then()
        .statusCode(409)
        .contentType("application/problem+json")
        .body("code", equalTo("evidence_conflict"))
        .body("detail", equalTo("Another record is committed at position 1."));
  }

  @Test
  void saysWhichHeaderIsMissingOrWrong() {
    refused(null, "1", "x", "The header X-MeshGuard-Journal is missing.");
    refused("1-2-3-4-5", "1", "x", "The journal is not a UUID.");
    refused(shipper.journal(), "one", "x", "The first position is not a number.");
    refused(shipper.journal(), "0", "x", "The first position is at least 1.");
    refused(shipper.journal(), "1", "x", "The batch hash is not");
  }

  private static void refused(String journal, String first, String hash, String detail) {
    var request = given().header("Authorization", Shipper.bearer());
    if (journal != null) {
      request.header(ServiceHeaders.JOURNAL, journal);
    }
    request
        .header(ServiceHeaders.FIRST_POSITION, first)
        .header(ServiceHeaders.BATCH_HASH, hash)
        .body("{}\n")
        .post("/internal/evidence")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid_request"))
        .body("detail", containsString(detail));
  }

  @Test
  void refusesMoreThanEightMebibytes() {
    shipper
        .post(1, List.of("x".repeat(8 << 20)))
        .then()
        .statusCode(413)
        .body("code", equalTo("payload_too_large"));
  }

  @Test
  void takesWhatAReplicaSaysOfItself() {
    registers("{\"receiptKey\":\"key\",\"witnessed\":[],\"later\":1}").statusCode(200);
    registers("{}").statusCode(200);
    for (String body : new String[] {"x", "[]", "null", "{\"witnessed\":[null]}"}) {
      registers(body)
          .statusCode(400)
          .body("code", equalTo("invalid_request"))
          .body("detail", containsString("The registration is"));
    }
  }

  private io.restassured.response.ValidatableResponse registers(String body) {
    return given()
        .header("Authorization", Shipper.bearer())
        .contentType("application/json")
        .body(body)
        .put("/internal/evidence/journals/" + shipper.journal())
        .then();
  }

  @Test
  void keepsTheJournalsOfServicesApart() {
    shipper.register();

    given()
        .header("Authorization", TestKeys.bearer("tenant-service", "audit-service"))
        .put("/internal/evidence/journals/" + shipper.journal())
        .then()
        .statusCode(409)
        .body("code", equalTo("evidence_conflict"));
    given()
        .header("Authorization", TestKeys.bearer("tenant-service", "audit-service"))
        .put("/internal/evidence/journals/" + java.util.UUID.randomUUID())
        .then()
        .statusCode(200);
  }

  @Test
  void answersServicesThatWriteEvidenceOnly() {
    String path = "/internal/evidence/journals/" + shipper.journal();
    for (String bearer :
        new String[] {
          TestKeys.bearer("audit-service", "audit-service"),
          TestKeys.bearer("decision-service", "tenant-service"),
          "Bearer x",
          ""
        }) {
      given()
          .header("Authorization", bearer)
          .put(path)
          .then()
          .statusCode(401)
          .contentType("application/problem+json")
          .body("code", equalTo("unauthorized"));
    }
    given().put(path).then().statusCode(401);
    given().put("/api/v1" + path).then().statusCode(404);
  }
}
