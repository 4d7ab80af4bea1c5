package app.meshguard.audit.search;

import static app.meshguard.audit.SampleRecords.with;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.ingest.Shipper;
import app.meshguard.testsupport.TestKeys;
import app.meshguard.wire.TenantId;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

@RunningAuditService
class DecisionLookupIT {
  private static final String ID = "dec_01JD3W4B5N8T7X9Z0A1B2C3D4E";

  private final TenantId tenant = SampleRecords.tenant();

  @Test
  void answersTheDecisionAndItsOutcome() {
    Shipper shipper = Shipper.registered();
    shipper.ship(List.of(with(SampleRecords.decision(tenant), "decisionId", ID)));
    find(tenant.value(), ID)
        .statusCode(200)
        .body("decision.decisionId", equalTo(ID))
        .body("outcome", nullValue());

    shipper.ship(List.of(with(SampleRecords.outcome(tenant), "decisionId", ID)));
    find(tenant.value(), ID).statusCode(200).body("outcome.outcome.status", equalTo(200));
  }

  @Test
  void anotherTenantsDecisionIsNotThere() {
    Shipper.registered().ship(List.of(with(SampleRecords.decision(tenant), "decisionId", ID)));
    find(SampleRecords.tenant().value(), ID).statusCode(404);
    find(tenant.value(), "dec_01JD0000000000000000000009").statusCode(404);
    find("org_x", ID).statusCode(404);
  }

  @Test
  void onlyServicesAreAnswered() {
    given().get("/internal/decisions/" + tenant + "/" + ID).then().statusCode(401);
  }

  private static ValidatableResponse find(String tenant, String id) {
    return given()
        .header("Authorization", TestKeys.bearer("decision-service", "audit-service"))
        .get("/internal/decisions/" + tenant + "/" + id)
        .then();
  }
}
