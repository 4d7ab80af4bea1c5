package app.meshguard.audit.ingest;

import static io.restassured.RestAssured.given;

import app.meshguard.audit.projection.Projector;
import app.meshguard.testsupport.TestKeys;
import app.meshguard.wire.ApiKey;
import app.meshguard.wire.ServiceHeaders;
import io.restassured.response.Response;
import jakarta.enterprise.inject.spi.CDI;
import java.util.List;
import java.util.UUID;

/** Ships records over HTTP as a decision replica does. */
public final class Shipper {
  private final UUID journal = UUID.randomUUID();
  private long next = 1;

  /** A shipper whose journal is registered. */
  public static Shipper registered() {
    Shipper shipper = new Shipper();
    shipper.register().then().statusCode(200);
    return shipper;
  }

  String journal() {
    return journal.toString();
  }

  Response register() {
    return given().header("Authorization", bearer()).put("/internal/evidence/journals/" + journal);
  }

  /** Ships records that follow those shipped before; they can be found when this returns. */
  public void ship(List<String> records) {
    post(next, records).then().statusCode(200);
    next += records.size();
    CDI.current().select(Projector.class).get().catchUp();
  }

  Response post(long first, List<String> records) {
    String body = Batches.text(records);
    return given()
        .header("Authorization", bearer())
        .header(ServiceHeaders.JOURNAL, journal)
        .header(ServiceHeaders.FIRST_POSITION, first)
        .header(ServiceHeaders.BATCH_HASH, ApiKey.sha256(body))
        .contentType("application/x-ndjson")
        .body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .post("/internal/evidence");
  }

  static String bearer() {
    return TestKeys.bearer("decision-service", "audit-service");
  }
}
