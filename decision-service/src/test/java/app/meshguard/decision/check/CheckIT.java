package app.meshguard.decision.check;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = DecisionServiceUnderTest.class, restrictToAnnotatedClass = true)
class CheckIT {
  @Inject Journal journal;

  @Test
  void allowsAndRecords() throws IOException {
    long before = journal.forcedPosition();
    asClaimsBot()
        .header("X-MeshGuard-Trace-ID", "t-1")
        .body(
            """
            {"action":"write:claim_approval","resource":"claim-7",
             "context":{"amount":1000,"risk_score":0.49,"card":"4111 1111 1111 1111","password":"x"}}
            """)
        .post("/v1/check")
        .then()
        .statusCode(200)
        .body("decision", equalTo("allow"))
        .body("allowed", is(true))
        .body("policy", equalTo("enterprise-claims-policy"))
        .body("rule", equalTo("allow-write:claim_approval"))
        .body("traceId", equalTo("t-1"))
        .body("decisionId", startsWith("dec_"))
        .body("policyVersion", equalTo(4))
        .body("bundleAgeMs", notNullValue())
        .body("explanation", nullValue())
        .header("X-MeshGuard-Decision", "allow")
        .header("X-MeshGuard-Policy", "enterprise-claims-policy")
        .header("X-MeshGuard-Trace-Id", "t-1")
        .header("X-MeshGuard-Agent-Id", ExampleTenant.CLAIMS);
    JsonNode record = recordsFrom(before + 1).getFirst();
    assertEquals("allow", record.get("decision").asText());
    assertEquals("[redacted]", record.get("context").get("card").asText());
    assertEquals("[redacted]", record.get("context").get("password").asText());
    assertEquals("check", record.get("surface").asText());
    assertEquals("agent_token", record.get("credential").asText());
  }

  @Test
  void deniesWithTheReason() {
    asClaimsBot()
        .body("{\"action\":\"write:claim_approval\",\"context\":{\"amount\":1000.01}}")
        .post("/v1/check")
        .then()
        .statusCode(200)
        .body("decision", equalTo("deny"))
        .body("allowed", is(false))
        .body("reason", equalTo("Claims above $1K require supervisor review"));
  }

  @Test
  void explains() {
    asClaimsBot()
        .body("{\"action\":\"read:claims\",\"explain\":true}")
        .post("/v1/check")
        .then()
        .statusCode(200)
        .body("decision", equalTo("deny"))
        .body("explanation", notNullValue());
  }

  @Test
  void asksForApproval() {
    asClaimsBot()
        .body("{\"action\":\"write:letter\"}")
        .post("/v1/check")
        .then()
        .statusCode(200)
        .body("decision", equalTo("pending_approval"))
        .body("approvalId", startsWith("apr_"));
    asClaimsBot()
        .header("X-MeshGuard-Action", "write:letter")
        .get("/proxy/check")
        .then()
        .statusCode(403)
        .body("error", equalTo("approval_required"))
        .body("approvalId", startsWith("apr_"));
  }

  @Test
  void tellsTheAgentOfItsApproval() throws IOException {
    long before = journal.forcedPosition();
    String id =
        asClaimsBot()
            .body("{\"action\":\"write:letter\",\"resource\":{\"id\":\"letter-7\"}}")
            .post("/v1/check")
            .then()
            .extract()
            .path("approvalId");
    JsonNode record = recordsFrom(before + 1).getFirst();
    assertEquals(id, record.get("approvalId").asText());
    asClaimsBot()
        .get("/v1/approvals/" + id)
        .then()
        .statusCode(200)
        .body("approvalId", equalTo(id))
        .body("status", equalTo("pending"))
        .body("decision", equalTo("pending_approval"))
        .body("message", containsString("denied when it expires"))
        .body("action", equalTo("write:letter"))
        .body("resource", equalTo("letter-7"))
        .body("policy", equalTo("enterprise-claims-policy"))
        .body("rule", equalTo("require_approval-write:letter"))
        .body("reason", equalTo("A person signs letters"))
        .body("approvers", equalTo(List.of("ann@example.com")))
        .body("decisionId", equalTo(record.get("decisionId").asText()));
    assertEquals(before + 1, journal.forcedPosition(), "to ask is no decision");
  }

  @Test
  void tellsNobodyElseOfAnApproval() {
    String id =
        asClaimsBot()
            .body("{\"action\":\"write:letter\"}")
            .post("/v1/check")
            .then()
            .extract()
            .path("approvalId");
    given()
        .header("Authorization", "Bearer " + ExampleTenant.token(ExampleTenant.SUSPENDED))
        .get("/v1/approvals/" + id)
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("code", equalTo("not_found"));
    asClaimsBot().get("/v1/approvals/apr_x").then().statusCode(404);
    given().get("/v1/approvals/" + id).then().statusCode(401).body("code", equalTo("unauthorized"));
  }

  @Test
  void tellsWhatAPolicyInDryRunWouldHaveDecided() throws IOException {
    long before = journal.forcedPosition();
    asClaimsBot()
        .body("{\"action\":\"read:detailed\"}")
        .post("/v1/check")
        .then()
        .statusCode(200)
        .body("decision", equalTo("allow"))
        .body("dryRuns[0].decision", equalTo("deny"))
        .body("dryRuns[0].policy", equalTo("tried-out"))
        .body("dryRuns[0].reason", equalTo("Tried out"));
    JsonNode record = recordsFrom(before + 1).getFirst();
    assertEquals("allow", record.get("decision").asText());
    assertEquals("deny", record.get("dryRuns").get(0).get("decision").asText());
  }

  @Test
  void tellsTheFieldsThatAnAccessProfileLetsBeRead() {
    given()
        .header("Authorization", "Bearer " + ExampleTenant.token(ExampleTenant.READER))
        .contentType("application/json")
        .body("{\"action\":\"read:api/customers\"}")
        .post("/v1/check")
        .then()
        .statusCode(200)
        .body("decision", equalTo("allow"))
        .body("obligations.redact", equalTo(List.of("ssn")))
        .body("obligations.fields.allow", equalTo(List.of("name", "paid", "iban")))
        .body("obligations.fields.deny", equalTo(List.of("ssn")));
  }

  @Test
  void deniesWhatABudgetDoesNotHold() throws IOException {
    String pay = "{\"action\":\"write:payment\",\"context\":{\"payer\":\"%s\",\"amount\":%s}}";
    asClaimsBot()
        .body(pay.formatted("ann", "99.99"))
        .post("/v1/check")
        .then()
        .body("decision", equalTo("allow"));
    long before = journal.forcedPosition();
    asClaimsBot()
        .body(pay.formatted("ann", "0.02"))
        .post("/v1/check")
        .then()
        .statusCode(200)
        .body("decision", equalTo("deny"))
        .body("code", equalTo("budget_exceeded"))
        .body("retryAfter", greaterThan(86_000));
    JsonNode record = recordsFrom(before + 1).getFirst();
    assertEquals("budget_exceeded", record.get("code").asText());
    assertEquals("0.02", record.get("limits").get(0).get("amount").asText());
    assertEquals("false", record.get("limits").get(0).get("taken").asText());
    asClaimsBot()
        .body(pay.formatted("ann", "0.01"))
        .post("/v1/check")
        .then()
        .body("decision", equalTo("allow"));
    asClaimsBot()
        .header("X-MeshGuard-Action", "write:payment")
        .header("X-MeshGuard-Meta", "{\"payer\":\"bob\",\"amount\":100.01}")
        .get("/proxy/check")
        .then()
        .statusCode(429)
        .header("Retry-After", nullValue())
        .body("error", equalTo("budget_exceeded"))
        .body("message", equalTo("Budget of 100 in 1d is less than this call takes"))
        .body("retry_after", nullValue());
  }

  @Test
  void refusesALongBodyOfUnknownLengthWithAProblem() throws IOException, InterruptedException {
    byte[] body = "x".repeat(2 << 20).getBytes(StandardCharsets.UTF_8);
    for (HttpClient.Version version : HttpClient.Version.values()) {
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .version(version)
              .build()
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:" + RestAssured.port + "/v1/check"))
                      .header("Content-Type", "application/json")
                      .POST(
                          HttpRequest.BodyPublishers.ofInputStream(
                              () -> new ByteArrayInputStream(body)))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());

      assertEquals(413, answer.statusCode());
      assertEquals(
          "application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
    }
  }

  @Test
  void answersABatchInOrder() {
    asClaimsBot()
        .body(
            """
            {"checks":[{"action":"read:claims","context":{"department":"motor"}},
                       {"action":"delete:everything"},
                       {"action":"write:letter"}]}
            """)
        .post("/v1/check/batch")
        .then()
        .statusCode(200)
        .body("results", hasSize(3))
        .body("results.decision", equalTo(List.of("allow", "deny", "pending_approval")));
  }

  @Test
  void takesALimitExactly() {
    for (int i = 0; i < 3; i++) {
      asClaimsBot()
          .header("X-MeshGuard-Action", "write:email")
          .get("/proxy/check")
          .then()
          .statusCode(200);
    }
    asClaimsBot()
        .header("X-MeshGuard-Action", "write:email")
        .get("/proxy/check")
        .then()
        .statusCode(429)
        .header("Retry-After", notNullValue())
        .body("error", equalTo("rate_limited"))
        .body("retry_after", greaterThan(3500));
  }

  @Test
  void answersThePublishedClients() {
    asClaimsBot()
        .header("X-MeshGuard-Action", "write:claim_approval")
        .header("X-MeshGuard-Meta", "{\"amount\":5000}")
        .header("X-MeshGuard-Trace-ID", "t-9")
        .get("/proxy/check")
        .then()
        .statusCode(403)
        .body("error", equalTo("forbidden"))
        .body("message", equalTo("Claims above $1K require supervisor review"))
        .body("action", equalTo("write:claim_approval"))
        .body("policy", equalTo("enterprise-claims-policy"))
        .body("rule", equalTo("deny-write:claim_approval"))
        .body("trace_id", equalTo("t-9"));
    asClaimsBot()
        .get("/proxy/check")
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_request"));
  }

  @Test
  void anApiKeyActsForTheAgentThatItNames() {
    given()
        .contentType("application/json")
        .header("X-MeshGuard-API-Key", ExampleTenant.KEY.text())
        .header("X-MeshGuard-Agent", "claims-bot")
        .body("{\"action\":\"read:claims\",\"context\":{\"department\":\"motor\"}}")
        .post("/v1/check")
        .then()
        .statusCode(200)
        .body("allowed", is(true));
    given()
        .contentType("application/json")
        .header("Authorization", "Bearer " + ExampleTenant.KEY.text())
        .body("{\"action\":\"read:claims\"}")
        .post("/v1/check")
        .then()
        .statusCode(401)
        .body("code", equalTo("unauthorized"));
  }

  @Test
  void refusesAndRecordsKnownCredentialsThatAreNoLongerGood() throws IOException {
    long before = journal.forcedPosition();
    refused("Bearer " + ExampleTenant.token(ExampleTenant.REVOKED));
    refused(
        "Bearer " + ExampleTenant.token(ExampleTenant.CLAIMS, "j", Instant.now().minusSeconds(5)));
    refused(
        "Bearer "
            + ExampleTenant.token(
                ExampleTenant.CLAIMS, ExampleTenant.REVOKED_JTI, Instant.now().plusSeconds(60)));
    refused("Bearer " + ExampleTenant.EXPIRED_KEY.text());
    given()
        .header("X-MeshGuard-API-Key", ExampleTenant.REVOKED_KEY.text())
        .header("X-MeshGuard-Agent-ID", ExampleTenant.CLAIMS)
        .header("X-MeshGuard-Action", "read:claims")
        .get("/proxy/check")
        .then()
        .statusCode(401)
        .body("message", equalTo("The API key has been revoked."));
    asClaimsBot()
        .header("X-MeshGuard-Agent-ID", ExampleTenant.SUSPENDED)
        .body("{\"action\":\"read:claims\",\"context\":{\"department\":\"motor\"}}")
        .post("/v1/check")
        .then()
        .statusCode(401)
        .body("detail", startsWith("The agent token is of another agent"));
    List<String> codes =
        recordsFrom(before + 1).stream()
            .filter(r -> r.get("kind").asText().equals("refusal"))
            .map(r -> r.get("code").asText())
            .toList();
    assertEquals(
        List.of(
            "agent_revoked",
            "token_expired",
            "token_revoked",
            "key_expired",
            "key_revoked",
            "agent_mismatch"),
        codes);
  }

  @Test
  void aTokenMayNameItsOwnAgent() {
    for (String own : List.of(ExampleTenant.CLAIMS, "claims-bot", "")) {
      asClaimsBot()
          .header("X-MeshGuard-Agent-ID", own)
          .body("{\"action\":\"read:claims\",\"context\":{\"department\":\"motor\"}}")
          .post("/v1/check")
          .then()
          .statusCode(200)
          .body("allowed", is(true));
    }
  }

  @Test
  void onlyTheProxyWritesWhatTheCallIs() {
    String context = "{\"http\":{\"method\":\"GET\"}}";
    String check = "{\"action\":\"read:claims\",\"context\":" + context + "}";
    asClaimsBot()
        .body(check)
        .post("/v1/check")
        .then()
        .statusCode(400)
        .body("detail", startsWith("'context' must not have the key 'http'"));
    asClaimsBot()
        .body("{\"checks\":[" + check + "]}")
        .post("/v1/check/batch")
        .then()
        .statusCode(400)
        .body("detail", startsWith("'checks[0].context' must not have the key 'http'"));
    asClaimsBot()
        .header("X-MeshGuard-Action", "read:claims")
        .header("X-MeshGuard-Meta", context)
        .get("/proxy/check")
        .then()
        .statusCode(400)
        .body("message", startsWith("'X-MeshGuard-Meta' must not have the key 'http'"));
    asClaimsBot()
        .header("X-MeshGuard-Action", "read:claims")
        .body("{\"context\":" + context + "}")
        .post("/proxy/check")
        .then()
        .statusCode(400)
        .body("message", startsWith("'context' must not have the key 'http'"));
  }

  @Test
  void boundsActionAndResource() {
    String tooLong = "read:" + "x".repeat(508);
    for (String action : List.of(tooLong, "read:a\\u0007b", "read:a\\nb", "read:\\u0085", "")) {
      asClaimsBot()
          .body("{\"action\":\"" + action + "\"}")
          .post("/v1/check")
          .then()
          .statusCode(400)
          .body("detail", startsWith("'action' must be a text such as read:orders"));
    }
    asClaimsBot()
        .header("X-MeshGuard-Action", tooLong)
        .get("/proxy/check")
        .then()
        .statusCode(400)
        .body("message", startsWith("X-MeshGuard-Action must be a text"));
    asClaimsBot().get("/proxy/" + "x".repeat(508)).then().statusCode(400);
    String longest = "r".repeat(2048);
    for (String resource : List.of("\"" + longest + "\"", "{\"id\":\"" + longest + "\"}")) {
      String one = "{\"action\":\"read:claims\",\"resource\":" + resource + "}";
      asClaimsBot().body(one).post("/v1/check").then().statusCode(200);
      asClaimsBot()
          .body(one.replace(longest, longest + "r"))
          .post("/v1/check")
          .then()
          .statusCode(400)
          .body("detail", startsWith("'resource' must be a text of at most 2,048 characters"));
    }
    asClaimsBot()
        .header("X-MeshGuard-Action", "read:claims")
        .header("X-MeshGuard-Resource", longest + "r")
        .get("/proxy/check")
        .then()
        .statusCode(400)
        .body("message", startsWith("X-MeshGuard-Resource must be a text"));
  }

  private static void refused(String authorization) {
    given()
        .header("Authorization", authorization)
        .header("X-MeshGuard-Action", "read:claims")
        .get("/proxy/check")
        .then()
        .statusCode(401)
        .body("error", equalTo("unauthorized"));
  }

  @Test
  void namesWhatIsWrongWithABody() {
    asClaimsBot()
        .body("{\"action\":\"read:claims\",\"action\":\"read:x\"}")
        .post("/v1/check")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("invalid_request"))
        .body("detail", startsWith("the key 'action' stands twice"));
    asClaimsBot()
        .body("{\"action\":\"read:claims\",\"ressource\":1}")
        .post("/v1/check")
        .then()
        .statusCode(400)
        .body("detail", startsWith("the key 'ressource' is not known"));
    asClaimsBot()
        .body("{\"action\":\"read:claims\",\"context\":{\"x\":\"" + "y".repeat(300_000) + "\"}}")
        .post("/v1/check")
        .then()
        .statusCode(413)
        .body("code", equalTo("payload_too_large"));
    given().get("/nothing").then().statusCode(404).body("code", equalTo("not_found"));
    given().get("/v1/check").then().statusCode(405).body("code", equalTo("method_not_allowed"));
  }

  @Test
  void tellsThatItIsHealthy() {
    given()
        .get("/health")
        .then()
        .statusCode(200)
        .body("status", equalTo("healthy"))
        .body("mode", equalTo("enforce"))
        .body("version", notNullValue())
        .body("timestamp", notNullValue());
    given()
        .get("/")
        .then()
        .statusCode(200)
        .body("name", equalTo("MeshGuard"))
        .body("mode", equalTo("enforce"))
        .body("version", notNullValue())
        .body("capabilities", hasItems("check", "batch", "explain", "proxy"));
    given().get("/q/health/ready").then().statusCode(200);
    given().contentType("application/json").post("/v1/baseline").then().statusCode(400);
  }

  private RequestSpecification asClaimsBot() {
    return given()
        .contentType("application/json")
        .header("Authorization", "Bearer " + ExampleTenant.token(ExampleTenant.CLAIMS));
  }

  private List<JsonNode> recordsFrom(long position) throws IOException {
    List<JsonNode> records = new ArrayList<>();
    try (JournalReader reader = journal.readerFrom(position)) {
      JournalReader.Batch batch = reader.next(1000, 1 << 20);
      assertTrue(batch != null, "nothing was recorded");
      for (String line : new String(batch.body(), StandardCharsets.UTF_8).split("\n")) {
        records.add(new ObjectMapper().readTree(line));
      }
    }
    return records;
  }
}
