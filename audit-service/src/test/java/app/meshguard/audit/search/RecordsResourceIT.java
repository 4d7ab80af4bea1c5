package app.meshguard.audit.search;

import static app.meshguard.audit.SampleRecords.with;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.ingest.Shipper;
import app.meshguard.testsupport.TestKeys;
import app.meshguard.wire.ServiceHeaders;
import app.meshguard.wire.TenantId;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@RunningAuditService
class RecordsResourceIT {
  private final TenantId tenant = SampleRecords.tenant();

  @Test
  void answersTheExactDecisionsOfAPeriodOldestFirst() {
    String first = at(1, "é😀");
    String second = at(2, "b");
    Shipper.registered()
        .ship(List.of(at(3, "too late"), second, first, at(0, "too early"), outcome(), refusal(2)));

    Response answer = page(null, 10);

    assertEquals(first + "\n" + second + "\n", text(answer));
    assertEquals("application/x-ndjson", answer.contentType());
    assertNull(answer.header(ServiceHeaders.NEXT_CURSOR));
  }

  @Test
  void readsPageByPageWithoutAGapOrARepeat() {
    List<String> records =
        IntStream.range(0, 7).mapToObj(i -> at(1 + i % 2, "trace-" + i)).toList();
    Shipper.registered().ship(records);

    List<String> read = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    String cursor = null;
    do {
      Response answer = page(cursor, 3);
      List<String> lines = text(answer).lines().toList();
      read.addAll(lines);
      sizes.add(lines.size());
      cursor = answer.header(ServiceHeaders.NEXT_CURSOR);
    } while (cursor != null);

    List<String> inOrder = Stream.of(0, 2, 4, 6, 1, 3, 5).map(records::get).toList();
    assertEquals(inOrder, read);
    assertEquals(List.of(3, 3, 1), sizes);
  }

  @Test
  void endsAPageAfterSomeMegabytes() {
    String large = at(1, "x").replace("Escalate to business owner", "x".repeat(60_000));
    Shipper.registered().ship(java.util.Collections.nCopies(100, large));

    Response answer = page(null, 100);

    int bytes = answer.asByteArray().length;
    assertTrue(bytes > 4 << 20 && bytes < (4 << 20) + 65_536, () -> bytes + " bytes");
    int rest = text(page(answer.header(ServiceHeaders.NEXT_CURSOR), 100)).split("\n").length;
    assertEquals(100, text(answer).split("\n").length + rest);
  }

  @Test
  void answersAnEmptyPageWhereThePeriodHoldsNothing() {
    Shipper.registered().ship(List.of(at(5, "a")));

    assertEquals("", text(page(null, 10)));
  }

  @Test
  void knowsNoTenantOfWhichTheLogHoldsNothing() {
    for (String unknown : List.of(SampleRecords.tenant().value(), "org_x", "%27")) {
      from("tenant-service")
          .queryParam("from", "2026-11-20")
          .queryParam("to", "2026-11-20")
          .get("/internal/records/" + unknown)
          .then()
          .statusCode(404)
          .body("code", equalTo("not_found"));
    }
  }

  @Test
  void takesNoCursorOfAnotherTenant() {
    Shipper.registered().ship(List.of(at(1, "a"), at(2, "b")));
    String cursor = page(null, 1).header(ServiceHeaders.NEXT_CURSOR);
    TenantId other = SampleRecords.tenant();

    period(from("tenant-service"))
        .queryParam("cursor", cursor)
        .get("/internal/records/" + other)
        .then()
        .statusCode(400)
        .body("detail", containsString("cursor is not a cursor"));
  }

  @Test
  void namesEveryFaultOfThePeriod() {
    from("tenant-service")
        .queryParam("limit", 2001)
        .queryParam("until", "2026-11-20")
        .get("/internal/records/" + tenant)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("errors.path", containsInAnyOrder("until", "from", "to", "limit"));
    from("tenant-service")
        .queryParam("from", "2026-11-21T00:00:00Z")
        .queryParam("to", "2026-11-21T00:00:00Z")
        .get("/internal/records/" + tenant)
        .then()
        .statusCode(400)
        .body("detail", equalTo("from is not before to."));
  }

  @Test
  void answersTheTenantServiceOnly() {
    for (RequestSpecification caller :
        List.of(given(), from("decision-service"), from("audit-service"))) {
      period(caller)
          .get("/internal/records/" + tenant)
          .then()
          .statusCode(401)
          .body("code", equalTo("unauthorized"));
    }
  }

  private Response page(String cursor, int limit) {
    RequestSpecification request = period(from("tenant-service")).queryParam("limit", limit);
    if (cursor != null) {
      request.queryParam("cursor", cursor);
    }
    return request.get("/internal/records/" + tenant).then().statusCode(200).extract().response();
  }

  private static String text(Response answer) {
    return new String(answer.asByteArray(), StandardCharsets.UTF_8);
  }

  private static RequestSpecification period(RequestSpecification request) {
    return request
        .queryParam("from", "2026-11-20T10:00:01Z")
        .queryParam("to", "2026-11-20T10:00:03Z");
  }

  private static RequestSpecification from(String service) {
    return given().header("Authorization", TestKeys.bearer(service, "audit-service"));
  }

  private String outcome() {
    return with(SampleRecords.outcome(tenant), "decidedAt", "2026-11-20T10:00:01Z");
  }

  private String refusal(int second) {
    return with(at(second, "refused"), "kind", "refusal");
  }

  private String at(int second, String trace) {
    String record = SampleRecords.decision(tenant);
    return with(
        with(record, "decidedAt", "2026-11-20T10:00:%02dZ".formatted(second)), "traceId", trace);
  }
}
