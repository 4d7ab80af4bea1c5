package app.meshguard.decision;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.decision.evidence.Journal;
import app.meshguard.decision.evidence.JournalReader;
import app.meshguard.decision.receipt.ReceiptCheck;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What agents report, and what they get in writing. */
@QuarkusTest
@QuarkusTestResource(value = DecisionServiceUnderTest.class, restrictToAnnotatedClass = true)
class ReportedIT {
  private static final String ALLOWED =
      "{\"action\":\"read:claims\",\"resource\":\"claim-7\",\"traceId\":\"t-9\","
          + "\"context\":{\"department\":\"motor\"}}";

  @Inject Journal journal;

  @Test
  void recordsAnOutcomeOnce() throws IOException {
    String id = decide(ALLOWED, "allow");
    long before = journal.forcedPosition();
    String said =
        "{\"status\":201,\"durationMs\":31,\"responseBytes\":12,\"failure\":\"Bearer "
            + "abcdefghijklmnopqrstuvwx\"}";
    String first = outcome(id, said).statusCode(200).extract().asString();
    String again = outcome(id, said).statusCode(200).extract().asString();
    assertEquals(first, again);
    outcome(id, "{\"status\":500}")
        .statusCode(409)
        .body("code", equalTo("conflict"))
        .body("detail", containsString("\"status\":201"));

    List<byte[]> records = recordsFrom(before + 1, 1);
    assertEquals(1, records.size());
    JsonNode record = json(records.getFirst());
    assertEquals("outcome", record.get("kind").asText());
    assertEquals(id, record.get("decisionId").asText());
    assertEquals("read:claims", record.get("action").asText());
    assertEquals("claim-7", record.get("resource").asText());
    assertEquals("t-9", record.get("traceId").asText());
    assertEquals("agent", record.get("outcome").get("reportedBy").asText());
    assertEquals("[redacted]", record.get("outcome").get("failure").asText());
  }

  @Test
  void whatWasNotAllowedWasNotExecuted() {
    String id = decide("{\"action\":\"read:claims\",\"context\":{\"department\":\"it\"}}", "deny");
    outcome(id, "{\"status\":200}").statusCode(409).body("detail", containsString("executed"));
    outcome(id, "{\"executed\":false}").statusCode(200).body("outcome.executed", is(false));
    String waiting = decide("{\"action\":\"write:letter\"}", "pending_approval");
    outcome(waiting, "{}").statusCode(409);
  }

  @Test
  void anotherAgentsDecisionIsNotThere() {
    String id = decide(ALLOWED, "allow");
    for (String token :
        List.of(
            ExampleTenant.token(ExampleTenant.READER),
            ExampleTenant.token(ExampleTenant.AUDITED, ExampleTenant.CLAIMS))) {
      given()
          .contentType("application/json")
          .header("Authorization", "Bearer " + token)
          .body("{}")
          .post("/v1/decisions/" + id + "/outcome")
          .then()
          .statusCode(404)
          .body("code", equalTo("not_found"));
    }
    given()
        .contentType("application/json")
        .body("{}")
        .post("/v1/decisions/" + id + "/outcome")
        .then()
        .statusCode(401);
    outcome("dec_nonsense", "{}").statusCode(404);
    // Nobody knows it here, and the audit-service is away: that is no 404.
    outcome("dec_01JD0000000000000000000000", "{}").statusCode(503);
  }

  @Test
  void refusesAnOutcomeThatIsNone() {
    String id = decide(ALLOWED, "allow");
    outcome(id, "{\"staus\":200}").statusCode(400).body("detail", containsString("'staus'"));
    outcome(id, "{\"status\":42}").statusCode(400).body("detail", containsString("100 to 599"));
    outcome(id, "{\"responseSha256\":\"AB\"}").statusCode(400);
    outcome(id, "{\"executed\":false,\"status\":200}").statusCode(400);
    asClaimsBot()
        .body("{}")
        .post("/v1/decisions/" + id + "/outcome?x=1")
        .then()
        .statusCode(400)
        .body("detail", containsString("?x=1"));
  }

  @Test
  void recordsEventsInOneForce() throws IOException {
    long before = journal.forcedPosition();
    long forces = journal.forces();
    asClaimsBot()
        .header("X-MeshGuard-Trace-ID", "t-events")
        .header("X-MeshGuard-Parent-ID", "dec_parent")
        .body(
            """
            {"events":[
              {"type":"message","to":"triage-bot","content":{"text":"look at claim 7","password":"x"}},
              {"type":"tool_invocation","tool":"search","arguments":{"q":"claim 7"},"status":"ok",
               "durationMs":12,"reads":["claims/7"],"parentId":"00f067aa0ba902b7"},
              {"type":"data_access","reads":["crm/customers/9"],"writes":["claims/7"]},
              {"type":"override","by":"ann@example.com","reason":"She knows the customer",
               "decisionId":"dec_01JD0000000000000000000000","occurredAt":"2026-11-20T11:15:30+01:00"}
            ]}
            """)
        .post("/v1/events")
        .then()
        .statusCode(201)
        .body("events", hasSize(4))
        .body("events[0].id", startsWith("evt_"))
        .body("events[0].traceId", equalTo("t-events"));
    assertEquals(forces + 1, journal.forces());
    List<JsonNode> records = recordsFrom(before + 1, 4).stream().map(ReportedIT::json).toList();
    JsonNode message = records.get(0);
    assertEquals("event", message.get("kind").asText());
    assertEquals("message", message.get("event").get("type").asText());
    assertEquals(ExampleTenant.CLAIMS, message.get("event").get("from").asText());
    assertEquals("triage-bot", message.get("event").get("to").asText());
    assertEquals("[redacted]", message.get("event").get("content").get("password").asText());
    assertEquals("dec_parent", message.get("parentId").asText());
    assertFalse(message.has("lineage"));
    assertEquals("00f067aa0ba902b7", records.get(1).get("parentId").asText());
    assertEquals("claims/7", records.get(2).get("lineage").get("writes").get(0).asText());
    assertEquals("2026-11-20T10:15:30Z", records.get(3).get("event").get("occurredAt").asText());
  }

  @Test
  void refusesEventsAsAWholeAndSaysWhich() {
    long before = journal.forcedPosition();
    events("{\"events\":[]}", "1 to 100 events");
    events("{\"event\":[]}", "'event' is not known");
    String good = "{\"type\":\"data_access\",\"reads\":[\"a\"]}";
    events("{\"events\":[" + good + ",{\"type\":\"gossip\"}]}", "'events[1].type' must be message");
    events("{\"events\":[" + good + ",7]}", "'events[1]' must be an object");
    events("{\"events\":[{\"type\":\"message\"}]}", "'events[0].to' is missing");
    events("{\"events\":[{\"type\":\"data_access\"}]}", "'events[0].reads' or 'writes'");
    events("{\"events\":[{\"type\":\"override\",\"by\":\"a\"}]}", "'events[0].reason' is missing");
    events(
        "{\"events\":[{\"type\":\"message\",\"to\":\"a\",\"tool\":\"b\"}]}",
        "'events[0].tool' is not known");
    events(
        "{\"events\":[{\"type\":\"message\",\"to\":\"a\",\"content\":\""
            + "x".repeat(66_000)
            + "\"}]}",
        "'events[0]' has more than 64 KiB");
    assertEquals(before, journal.forcedPosition(), "nothing of them is recorded");
  }

  private void events(String body, String detail) {
    asClaimsBot()
        .body(body)
        .post("/v1/events")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid_request"))
        .body("detail", containsString(detail));
  }

  @Test
  void recordsWhatCausedACall() throws IOException {
    long before = journal.forcedPosition();
    String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    asClaimsBot()
        .header("traceparent", trace)
        .body(ALLOWED.replace("\"traceId\":\"t-9\",", ""))
        .post("/v1/check");
    asClaimsBot()
        .header("X-MeshGuard-Parent-ID", "evt_1")
        .body(ALLOWED)
        .post("/v1/check")
        .then()
        .statusCode(200);
    asClaimsBot()
        .header("X-MeshGuard-Parent-ID", "evt_1")
        .body(ALLOWED.replace("{\"action\"", "{\"parentId\":\"dec_2\",\"action\""))
        .post("/v1/check")
        .then()
        .statusCode(200);
    List<JsonNode> records = recordsFrom(before + 1, 3).stream().map(ReportedIT::json).toList();
    assertEquals("4bf92f3577b34da6a3ce929d0e0e4736", records.get(0).get("traceId").asText());
    assertEquals("00f067aa0ba902b7", records.get(0).get("parentId").asText());
    assertEquals("evt_1", records.get(1).get("parentId").asText());
    assertEquals("dec_2", records.get(2).get("parentId").asText());
  }

  @Test
  void givesAReceiptToWhoAsks() throws Exception {
    long before = journal.forcedPosition();
    asClaimsBot().body(ALLOWED).post("/v1/check").then().body("receipt", nullValue());
    String receipt =
        asClaimsBot()
            .body(ALLOWED.replace("{\"action\"", "{\"receipt\":true,\"action\""))
            .post("/v1/check")
            .then()
            .statusCode(200)
            .body("receipt", notNullValue())
            .extract()
            .path("receipt");
    String key =
        given().get("/v1/receipt-keys").then().statusCode(200).extract().path("keys[0].vkey");
    ReceiptCheck check = ReceiptCheck.of(receipt, key);
    List<byte[]> records = recordsFrom(before + 1, 2);
    assertTrue(check.holds(records.get(1)));
    assertFalse(check.holds(records.get(0)));
    assertTrue(check.extensions().getFirst().startsWith("positions "));

    String header =
        asClaimsBot()
            .header("X-MeshGuard-Receipt", "true")
            .get("/proxy/api/claims")
            .then()
            .statusCode(200)
            .extract()
            .header("X-MeshGuard-Receipt");
    byte[] decided = recordsFrom(before + 3, 2).getFirst();
    String proof = new String(Base64.getDecoder().decode(header), StandardCharsets.UTF_8);
    assertTrue(ReceiptCheck.of(proof, key).holds(decided));
  }

  @Test
  void everyCheckOfABatchMayHaveAReceipt() throws Exception {
    long before = journal.forcedPosition();
    List<String> receipts =
        asClaimsBot()
            .header("X-MeshGuard-Receipt", "true")
            .body("{\"checks\":[" + ALLOWED + "," + ALLOWED + "," + ALLOWED + "]}")
            .post("/v1/check/batch")
            .then()
            .statusCode(200)
            .extract()
            .path("results.receipt");
    String key = given().get("/v1/receipt-keys").then().extract().path("keys[0].vkey");
    List<byte[]> records = recordsFrom(before + 1, 3);
    for (int i = 0; i < 3; i++) {
      assertTrue(ReceiptCheck.of(receipts.get(i), key).holds(records.get(i)), receipts.get(i));
    }
  }

  @Test
  void theProxyRecordsTheHashOfWhatTheAgentGot() throws Exception {
    long before = journal.forcedPosition();
    byte[] body =
        asClaimsBot().get("/proxy/api/claims").then().statusCode(200).extract().asByteArray();
    List<byte[]> records = recordsFrom(before + 1, 2);
    JsonNode outcome = json(records.get(1)).get("outcome");
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
    assertEquals(HexFormat.of().formatHex(hash), outcome.get("responseSha256").asText());
    assertEquals("proxy", outcome.get("reportedBy").asText());
    String id = json(records.get(0)).get("decisionId").asText();
    outcome(id, "{\"status\":200}").statusCode(409).body("detail", containsString("proxy"));
  }

  private String decide(String body, String decision) {
    return asClaimsBot()
        .body(body)
        .post("/v1/check")
        .then()
        .statusCode(200)
        .body("decision", equalTo(decision))
        .extract()
        .path("decisionId");
  }

  private static ValidatableResponse outcome(String id, String body) {
    return asClaimsBot().body(body).post("/v1/decisions/" + id + "/outcome").then();
  }

  private static RequestSpecification asClaimsBot() {
    return given()
        .contentType("application/json")
        .header("Authorization", "Bearer " + ExampleTenant.token(ExampleTenant.CLAIMS));
  }

  private List<byte[]> recordsFrom(long position, int count) throws IOException {
    while (journal.forcedPosition() < position + count - 1) {
      LockSupport.parkNanos(1_000_000);
    }
    try (JournalReader reader = journal.readerFrom(position)) {
      JournalReader.Batch batch = Objects.requireNonNull(reader.next(1000, 1 << 20));
      return new ArrayList<>(batch.records());
    }
  }

  private static JsonNode json(byte[] record) {
    try {
      return new ObjectMapper().readTree(record);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
