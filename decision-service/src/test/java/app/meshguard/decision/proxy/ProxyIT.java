package app.meshguard.decision.proxy;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.decision.DecisionServiceUnderTest;
import app.meshguard.decision.ExampleTenant;
import app.meshguard.decision.evidence.Journal;
import app.meshguard.decision.evidence.JournalReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = DecisionServiceUnderTest.class, restrictToAnnotatedClass = true)
class ProxyIT {
  @Inject Journal journal;

  @Test
  void forwardsWhatIsAllowedWithoutOurCredentials() throws IOException {
    long before = journal.forcedPosition();
    asClaimsBot()
        .header("X-MeshGuard-Trace-ID", "t-7")
        .header("X-Custom", "kept")
        .get("/proxy/api/claims?state=open")
        .then()
        .statusCode(200)
        .header("X-MeshGuard-Decision", "allow")
        .header("X-From-Target", "yes")
        .body(startsWith("GET /base/api/claims?state=open\n"))
        .body(containsString("x-custom: kept"))
        .body(containsString("authorization: Basic dGFyZ2V0"))
        .body(not(containsString("Bearer")))
        .body(not(containsString("x-meshguard")));
    List<JsonNode> records = records(before + 1, 2);
    assertEquals("read:api/claims", records.get(0).get("action").asText());
    assertEquals("proxy", records.get(0).get("surface").asText());
    assertEquals("outcome", records.get(1).get("kind").asText());
    assertEquals(200, records.get(1).get("outcome").get("status").asInt());
    assertEquals(
        records.get(0).get("decisionId").asText(), records.get(1).get("decisionId").asText());
  }

  @Test
  void streamsTheBodyAndPassesTheStatusThrough() {
    String body = "x".repeat(3_000_000);
    String echoed =
        asClaimsBot()
            .body(body)
            .post("/proxy/api/claims/teapot")
            .then()
            .statusCode(403)
            .extract()
            .asString();
    assertTrue(echoed.contains("forbidden"), "an allow covers exactly what it says");
    String answer =
        asClaimsBot()
            .body(body)
            .post("/proxy/api/claims")
            .then()
            .statusCode(200)
            .extract()
            .asString();
    assertTrue(answer.endsWith(body));
  }

  @Test
  void theRouteDecidesAndNotTheAgent() {
    asClaimsBot()
        .header("X-MeshGuard-Action", "read:api/claims")
        .delete("/proxy/api/other")
        .then()
        .statusCode(403)
        .body("action", equalTo("delete:api/other"));
    asClaimsBot()
        .header("X-MeshGuard-Action", "write:forbidden")
        .get("/proxy/api/claims")
        .then()
        .statusCode(403)
        .body("action", equalTo("write:forbidden"));
    asClaimsBot()
        .post("/proxy/api/letters/7")
        .then()
        .statusCode(403)
        .body("error", equalTo("approval_required"));
  }

  @Test
  void refusesPathsThatServersReadInDifferentWays() throws IOException, InterruptedException {
    for (String path : List.of("/proxy/api%2fclaims", "/proxy/api/%2e%2e/claims", "/proxy//api")) {
      // This client sends the path as it stands here.
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + path))
                      .header(
                          "Authorization", "Bearer " + ExampleTenant.token(ExampleTenant.CLAIMS))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertEquals(400, response.statusCode(), path);
      assertTrue(response.body().contains("invalid_request"), response.body());
    }
  }

  @Test
  void recordsATargetThatDoesNotAnswer() throws IOException {
    long before = journal.forcedPosition();
    asClaimsBot()
        .get("/proxy/api/broken")
        .then()
        .statusCode(502)
        .body("error", equalTo("upstream_unavailable"));
    List<JsonNode> records = records(before + 1, 2);
    assertEquals(502, records.get(1).get("outcome").get("status").asInt());
    assertEquals("connection_failed", records.get(1).get("outcome").get("failure").asText());
  }

  @Test
  void givesTheBudgetBackWhenTheTargetDoesNotAnswer() throws IOException {
    for (int i = 0; i < 3; i++) {
      long before = journal.forcedPosition();
      asClaimsBot().get("/proxy/api/broken").then().statusCode(502);
      List<JsonNode> records = records(before + 1, 2);
      assertEquals(1, records.get(0).get("limits").get(0).get("amount").asInt());
      assertTrue(records.get(1).get("outcome").get("refunded").asBoolean());
    }
  }

  @Test
  void givesTheBudgetBackWhenTheCallIsDeniedAfterAll() throws IOException {
    for (int i = 0; i < 3; i++) {
      long before = journal.forcedPosition();
      String trace = "denied-after-all-" + i;
      asClaimsBot()
          .header("X-MeshGuard-Trace-ID", trace)
          .header("X-MeshGuard-Action", "write:forbidden")
          .post("/proxy/api/broken")
          .then()
          .statusCode(403)
          .body("action", equalTo("write:forbidden"));
      JsonNode outcome = recordsOf(trace, before + 1, 3).get(2).get("outcome");
      assertEquals("denied_after_all", outcome.get("failure").asText());
      assertEquals(403, outcome.get("status").asInt());
      assertTrue(outcome.get("refunded").asBoolean());
    }
  }

  @Test
  void hidesInTheAnswerWhatTheDecisionSays() throws IOException {
    long before = journal.forcedPosition();
    asClaimsBot()
        .header("Range", "bytes=0-10")
        .get("/proxy/api/customers")
        .then()
        .statusCode(200)
        .header("X-MeshGuard-Decision", "allow")
        .contentType("application/hal+json")
        .header("ETag", nullValue())
        .body(
            equalTo(
                "[{\"name\":\"Ann\",\"ssn\":\"[redacted]\",\"iban\":\"****3000\",\"paid\":10.10,"
                    + "\"asked\":\"identity\"}]"));
    List<JsonNode> records = records(before + 1, 2);
    assertEquals("allow", records.get(0).get("decision").asText());
    assertEquals("[\"ssn\"]", records.get(0).get("obligations").get("redact").toString());
    assertEquals(200, records.get(1).get("outcome").get("status").asInt());
    // Errors of the target hold data too.
    asClaimsBot()
        .get("/proxy/api/customers?missing")
        .then()
        .statusCode(404)
        .body("[0].ssn", equalTo("[redacted]"));
    asClaimsBot()
        .get("/proxy/api/customers?medium")
        .then()
        .statusCode(200)
        .body("[0].ssn", equalTo("[redacted]"));
    asClaimsBot().get("/proxy/api/customers?empty").then().statusCode(204);
    asClaimsBot().head("/proxy/api/customers").then().statusCode(200);
  }

  @Test
  void hidesWhatTheNamedActionSaysToo() {
    asClaimsBot()
        .header("X-MeshGuard-Action", "read:customers")
        .get("/proxy/api/customers")
        .then()
        .statusCode(200)
        .body("[0].name", equalTo("****"))
        .body("[0].ssn", equalTo("[redacted]"))
        .body("[0].iban", equalTo("****3000"));
  }

  @Test
  void leavesOutWhatAnAccessProfileDoesNotLetBeRead() {
    given()
        .header("Authorization", "Bearer " + ExampleTenant.token(ExampleTenant.READER))
        .get("/proxy/api/customers")
        .then()
        .statusCode(200)
        .body(equalTo("[{\"name\":\"Ann\",\"iban\":\"****3000\",\"paid\":10.10}]"));
    // Of the claims-bot's answers all is text; of this agent's, none may be.
    given()
        .header("Authorization", "Bearer " + ExampleTenant.token(ExampleTenant.READER))
        .get("/proxy/api/claims")
        .then()
        .statusCode(502)
        .body("error", equalTo("obligation_unfulfilled"));
  }

  @Test
  void hidesNothingWhereNothingIsEnforced() throws IOException {
    long before = journal.forcedPosition();
    given()
        .header(
            "Authorization",
            "Bearer " + ExampleTenant.token(ExampleTenant.AUDITED, ExampleTenant.CLAIMS))
        .get("/proxy/api/customers")
        .then()
        .statusCode(200)
        .body("[0].ssn", equalTo("078-05-1120"));
    JsonNode record = records(before + 1, 2).getFirst();
    assertEquals("audit", record.get("mode").asText());
    assertEquals("[\"ssn\"]", record.get("obligations").get("redact").toString());
  }

  @Test
  void passesNothingOnThatItCannotRewrite() throws IOException {
    Map<String, String> failures =
        Map.of(
            "csv", "answer_not_json",
            "cut", "answer_malformed",
            "large", "answer_too_large",
            "gzip", "answer_encoded");
    for (Map.Entry<String, String> each : failures.entrySet()) {
      long before = journal.forcedPosition();
      String answer =
          asClaimsBot()
              .get("/proxy/api/customers?" + each.getKey())
              .then()
              .statusCode(502)
              .header("X-From-Target", nullValue())
              .body("error", equalTo("obligation_unfulfilled"))
              .extract()
              .asString();
      assertFalse(answer.contains("078-05"), answer);
      JsonNode outcome = records(before + 1, 2).get(1).get("outcome");
      assertEquals(502, outcome.get("status").asInt());
      assertEquals(each.getValue(), outcome.get("failure").asText());
    }
  }

  @Test
  void policiesSeeTheCallItself() {
    asClaimsBot()
        .get("/proxy/api/search?q=motor")
        .then()
        .statusCode(200)
        .header("X-From-Target", "yes");
    asClaimsBot().get("/proxy/api/search?q=home").then().statusCode(403);
    asClaimsBot().post("/proxy/api/search?q=motor").then().statusCode(403);
    asClaimsBot()
        .header("X-MeshGuard-Meta", "{\"http\":{\"method\":\"GET\"}}")
        .post("/proxy/api/search?q=motor")
        .then()
        .statusCode(400)
        .body("message", containsString("must not have the key 'http'"));
  }

  private static RequestSpecification asClaimsBot() {
    return given().header("Authorization", "Bearer " + ExampleTenant.token(ExampleTenant.CLAIMS));
  }

  /** Outcomes of calls of other tests may come between. */
  private List<JsonNode> recordsOf(String traceId, long position, int count) throws IOException {
    List<JsonNode> records = List.of();
    while (records.size() < count) {
      LockSupport.parkNanos(1_000_000);
      int all = (int) (journal.forcedPosition() - position + 1);
      records =
          records(position, Math.max(all, 1)).stream()
              .filter(record -> record.get("traceId").asText().equals(traceId))
              .toList();
    }
    return records;
  }

  private List<JsonNode> records(long position, int count) throws IOException {
    // The outcome is recorded when the call is over, a moment after its answer.
    while (journal.forcedPosition() < position + count - 1) {
      LockSupport.parkNanos(1_000_000);
    }
    List<JsonNode> records = new ArrayList<>();
    try (JournalReader reader = journal.readerFrom(position)) {
      JournalReader.Batch batch = reader.next(count, 1 << 20);
      for (String line : new String(batch.body(), StandardCharsets.UTF_8).split("\n")) {
        records.add(new ObjectMapper().readTree(line));
      }
    }
    return records;
  }
}
