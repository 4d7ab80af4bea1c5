package app.meshguard.audit.feed;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.OwnerView;
import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.ingest.OwnRecords;
import app.meshguard.audit.ingest.Shipper;
import app.meshguard.testsupport.TestKeys;
import app.meshguard.wire.TenantId;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RunningAuditService
class FeedIT {
  private final TenantId a = SampleRecords.tenant();
  private final TenantId b = SampleRecords.tenant();

  @Inject Feed feed;
  @Inject OwnRecords own;
  @Inject OwnerView owner;

  @Test
  void readsAllInOrderWhateverThePageIs() {
    List<String> shipped = new ArrayList<>();
    Shipper shipper = Shipper.registered();
    long before = last();
    for (int batch = 0; batch < 5; batch++) {
      List<String> records = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        records.add(SampleRecords.decision(i % 3 == 0 ? a : b));
      }
      shipper.ship(records);
      shipped.addAll(records);
    }
    for (int limit : new int[] {1, 3, 7, 8, 100}) {
      assertEquals(shipped, read(before, limit), "limit " + limit);
    }
  }

  private List<String> read(long batch, int limit) {
    List<String> read = new ArrayList<>();
    int ordinal = Integer.MAX_VALUE;
    while (true) {
      List<FeedEntry> page = feed.after(batch, ordinal, limit);
      if (page.isEmpty()) {
        return read;
      }
      assertTrue(page.size() <= limit);
      for (FeedEntry each : page) {
        if (each.tenant().equals(a) || each.tenant().equals(b)) {
          read.add(new String(each.entry().record(), StandardCharsets.UTF_8));
        }
      }
      batch = page.getLast().entry().batch();
      ordinal = page.getLast().entry().ordinal();
    }
  }

  @Test
  void holdsWhatTheServiceWritesItself() {
    long before = last();
    List<String> records = List.of(system(a, "sys_1"), system(b, "sys_2"));

    own.append(records.stream().map(r -> r.getBytes(StandardCharsets.UTF_8)).toList());
    own.append(List.of(system(a, "sys_3").getBytes(StandardCharsets.UTF_8)));

    List<String> all = new ArrayList<>(records);
    all.add(system(a, "sys_3"));
    assertEquals(all, read(before, 10));
  }

  @Test
  void givesAServiceLinesWithCursors() throws IOException {
    long before = last();
    String first = SampleRecords.decision(a);
    String second = SampleRecords.decision(b);
    Shipper.registered().ship(List.of(first, second));

    String body =
        given()
            .header("Authorization", TestKeys.bearer("tenant-service", "audit-service"))
            .queryParam("after", before + ".5000")
            .queryParam("limit", 2)
            .get("/internal/feed")
            .then()
            .statusCode(200)
            .contentType("application/x-ndjson")
            .extract()
            .asString();

    String[] lines = body.split("\n");
    assertEquals(2, lines.length);
    JsonNode line = new ObjectMapper().readTree(lines[1]);
    assertEquals((before + 1) + ".1", line.get("cursor").textValue());
    assertEquals(b.value(), line.get("tenantId").textValue());
    assertEquals(0, line.get("index").intValue());
    assertTrue(lines[1].endsWith(",\"record\":" + second + "}"));
  }

  @Test
  void saysNullForAnErasedRecord() throws Exception {
    long before = last();
    Shipper.registered().ship(List.of(SampleRecords.decision(a)));
    owner.asSuperuser(
        "UPDATE log_entry SET seed = NULL, payload = NULL WHERE tenant_id = '" + a + "'");

    FeedEntry entry = feed.after(before, Integer.MAX_VALUE, 10).getFirst();

    assertEquals(null, entry.entry().record());
    assertEquals(false, entry.entry().damaged());
  }

  @Test
  void saysThatAnEntryIsDamagedAndGoesOn() throws Exception {
    long before = last();
    Shipper.registered().ship(List.of(SampleRecords.decision(a), SampleRecords.decision(a)));
    owner.asSuperuser(
        "UPDATE log_entry SET payload = set_bit(payload, 77, 1 - get_bit(payload, 77))"
            + " WHERE idx = 0 AND tenant_id = '"
            + a
            + "'");

    List<FeedEntry> entries = feed.after(before, Integer.MAX_VALUE, 10);

    assertEquals(
        List.of(true, false), entries.stream().map(each -> each.entry().damaged()).toList());
    assertEquals(null, entries.getFirst().entry().record());
  }

  @ParameterizedTest
  @ValueSource(strings = {"after=x", "after=1", "after=-1.0", "limit=0", "limit=501", "from=1"})
  void refusesWhatItDoesNotKnow(String query) {
    given()
        .header("Authorization", TestKeys.bearer("tenant-service", "audit-service"))
        .get("/internal/feed?" + query)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("invalid_request"))
        .body("detail", containsString(query.substring(0, query.indexOf('='))));
  }

  @Test
  void isNotForEveryService() {
    given()
        .header("Authorization", TestKeys.bearer("decision-service", "audit-service"))
        .get("/internal/feed")
        .then()
        .statusCode(401);
    given().get("/internal/feed").then().statusCode(401);
  }

  private long last() {
    return owner.asOwner("SELECT last_batch FROM ingest_lock", row -> row.getLong(1)).getFirst();
  }

  private static String system(TenantId tenant, String id) {
    return "{\"decidedAt\":\"2026-11-20T10:15:30Z\",\"decisionId\":\""
        + id
        + "\",\"format\":1,\"kind\":\"system\",\"service\":\"audit-service\","
        + "\"system\":{\"type\":\"export\"},\"tenantId\":\""
        + tenant
        + "\"}";
  }
}
