package app.meshguard.audit.search;

import static app.meshguard.audit.SampleRecords.with;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import app.meshguard.audit.OwnerView;
import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.TenantServiceStandIn;
import app.meshguard.audit.ingest.Shipper;
import app.meshguard.wire.TenantId;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@RunningAuditService
class SearchIT {
  private final TenantId tenant = SampleRecords.tenant();

  @Inject OwnerView owner;

  @Test
  void findsWordsOfReasonContextAndNames() {
    ship(
        at(1, "t-1").replace("Escalate to business owner", "Größere Summe, 東京 refused"),
        at(2, "t-2").replace("\"card\":\"[redacted]\"", "\"note\":\"Ring ann@example.org BACK\""),
        with(at(3, "t-3"), "action", "delete:ledger_77"));

    assertEquals(List.of("t-1"), found("q", "SUMME größere"));
    assertEquals(List.of("t-1"), found("q", "京"));
    assertEquals(List.of("t-2"), found("q", "back ann@example.org"));
    assertEquals(List.of("t-3"), found("q", "ledger_77"));
    assertEquals(List.of("t-3", "t-2", "t-1"), found("q", "support-bot"));
    assertEquals(List.of("t-2"), found("q", "support-bot ring", "decision", "deny"));
    assertEquals(List.of(), found("q", "summe ring"));
    assertEquals(List.of(), found("q", "summ"));
  }

  @Test
  void keepsNoWordThatCanBeRead() {
    ship(at(1, "t-1").replace("Escalate to business owner", "Mephistopheles"));

    assertEquals(List.of("t-1"), found("q", "mephistopheles"));
    List<String> texts =
        owner.entries(
            "SELECT words::text FROM search WHERE tenant_id = '" + tenant + "'",
            r -> r.getString(1));
    assertEquals(1, texts.size());
    assertFalse(texts.getFirst().toLowerCase(java.util.Locale.ROOT).contains("meph"));
  }

  @Test
  void filtersByTheNewFields() {
    String slow = at(2, "slow").replace("\"latencyUs\":180", "\"latencyUs\":9000");
    String limited = with(with(at(3, "limited"), "code", "rate_limited"), "surface", "proxy");
    String object = with(at(4, "other"), "resource", "order-9");
    ship(at(1, "usual"), slow, limited, object, SampleRecords.outcome(tenant));

    assertEquals(List.of("slow"), found("minLatencyUs", "9000"));
    assertEquals(List.of("limited"), found("code", "rate_limited"));
    assertEquals(List.of("limited"), found("surface", "proxy"));
    assertEquals(List.of("other"), found("resource", "*-9"));
    assertEquals(List.of("t-1"), found("decisionId", "dec_01JD0000000000000000000000"));
    assertEquals(List.of(), found("event", "message"));
    assertEquals(
        List.of("usual", "slow", "limited", "other"), found("order", "asc", "kind", "decision"));
  }

  @Test
  void pagesBackTheWayItCame() {
    ship(IntStream.range(0, 25).mapToObj(i -> at(i / 10, "t-" + i)).toArray(String[]::new));

    for (String order : List.of("desc", "asc")) {
      List<List<String>> forth = new ArrayList<>();
      JsonPath page = page("order", order, "limit", "7");
      assertEquals(null, page.getString("previous"));
      forth.add(page.getList("entries.traceId"));
      while (page.getString("next") != null) {
        page = page("order", order, "limit", "7", "cursor", page.getString("next"));
        forth.add(page.getList("entries.traceId"));
      }
      assertEquals(4, forth.size());
      for (int i = forth.size() - 2; i >= 0; i--) {
        page = page("order", order, "limit", "7", "cursor", page.getString("previous"));
        assertEquals(forth.get(i), page.getList("entries.traceId"));
      }
      assertEquals(null, page.getString("previous"));
      page = page("order", order, "limit", "7", "cursor", page.getString("next"));
      assertEquals(forth.get(1), page.getList("entries.traceId"));
    }
  }

  @Test
  void countsWhatMatches() {
    ship(
        at(1, "a"),
        at(2, "b"),
        with(at(3, "c"), "decision", "allow"),
        SampleRecords.outcome(tenant));

    admin()
        .queryParam("count", true)
        .queryParam("limit", 1)
        .queryParam("decision", "deny")
        .get("/admin/audit")
        .then()
        .body("count.value", equalTo(2))
        .body("count.exact", equalTo(true))
        .body("next", notNullValue());
    admin()
        .queryParam("count", true)
        .queryParam("q", "owner escalate")
        .get("/admin/audit")
        .then()
        .body("count.value", equalTo(3));
    admin().get("/admin/audit").then().body("count", nullValue());
  }

  @Test
  void saysWhereItStoppedLooking() {
    // 50,000 entries that do not match, and one behind them that does.
    Shipper shipper = Shipper.registered();
    shipper.ship(List.of(with(at(0, "oldest"), "policy", "rare")));
    String usual = at(1, "t");
    for (int i = 0; i < 12; i++) {
      shipper.ship(java.util.Collections.nCopies(4_200, usual));
    }

    JsonPath page = page("policy", "rare");

    assertEquals(List.of(), page.getList("entries"));
    assertEquals("2026-11-20T10:00:01Z", page.getString("searchedTo"));
    JsonPath next = page("policy", "rare", "cursor", page.getString("next"));
    assertEquals(List.of("oldest"), next.getList("entries.traceId"));
    assertEquals(null, next.getString("searchedTo"));
    assertEquals(
        List.of("oldest"),
        page("policy", "rare", "q", "escalate", "order", "asc").getList("entries.traceId"));
    assertEquals(false, page("policy", "rare", "count", "true").getBoolean("count.exact"));
  }

  @Test
  void findsRareWordsBehindManyEntriesAtOnce() {
    Shipper shipper = Shipper.registered();
    shipper.ship(List.of(at(0, "old").replace("Escalate", "Xylophone")));
    String usual = at(1, "t");
    for (int i = 0; i < 3; i++) {
      shipper.ship(java.util.Collections.nCopies(4_000, usual));
    }

    JsonPath page = page("q", "xylophone", "count", "true");

    assertEquals(List.of("old"), page.getList("entries.traceId"));
    assertEquals(null, page.getString("searchedTo"));
    assertEquals(1, page.getInt("count.value"));
  }

  private List<String> found(String... parameters) {
    return page(parameters).getList("entries.traceId");
  }

  private JsonPath page(String... parameters) {
    RequestSpecification request = admin();
    for (int i = 0; i < parameters.length; i += 2) {
      request.queryParam(parameters[i], parameters[i + 1]);
    }
    return request.get("/admin/audit").then().statusCode(200).extract().jsonPath();
  }

  private RequestSpecification admin() {
    return given()
        .header(
            "X-Admin-Token", TenantServiceStandIn.token(tenant, TenantServiceStandIn.Known.READER));
  }

  private void ship(String... records) {
    Shipper.registered().ship(List.of(records));
  }

  private String at(int second, String trace) {
    String record = SampleRecords.decision(tenant);
    return with(
        with(record, "decidedAt", "2026-11-20T10:00:%02dZ".formatted(second)), "traceId", trace);
  }
}
