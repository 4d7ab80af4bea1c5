package app.meshguard.tenant.impact;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.tenant.TenantService;
import app.meshguard.tenant.TestTenant;
import app.meshguard.testsupport.TestKeys;
import app.meshguard.wire.TenantId;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Records that the decision-service wrote, decided again as things were. */
@TenantService
class PastDecisionIT {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static String text(String name) {
    try (InputStream in =
        TenantId.class.getResourceAsStream("/app/meshguard/wire/evidence/replay/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A tenant as that of the records. */
  private static TestTenant furnished() {
    TestTenant tenant = TestTenant.signUp();
    tenant.apply(text("policies.yaml")).then().statusCode(200);
    tenant.apply(text("refunds-2.yaml")).then().statusCode(200);
    tenant
        .admin()
        .contentType("application/yaml")
        .body(text("mail-2.yaml").getBytes(StandardCharsets.UTF_8))
        .post("/admin/policies?publish=false")
        .then()
        .statusCode(200);
    tenant
        .post("/admin/policies/mail/publish", Map.of("revision", 2, "percent", 50))
        .then()
        .statusCode(200);
    tenant
        .patch(
            "/admin/tenant",
            Map.of(
                "timezone",
                "Europe/Berlin",
                "tierCeilings",
                Map.of("basic", List.of("list:*")),
                "riskFloors",
                Map.of(
                    "high", Map.of("requireApproval", List.of("*"), "except", List.of("read:*")))))
        .then()
        .statusCode(200);
    tenant
        .post(
            "/admin/targets",
            Map.of(
                "name",
                "t",
                "baseUrl",
                "https://api.example.com",
                "env",
                Map.of("stage", "production")))
        .then()
        .statusCode(201);
    return tenant;
  }

  /** What the versions are now, as a record names them. */
  private record At(String tenant, int policies, int directory) {
    static At now(TestTenant tenant) {
      return new At(
          tenant.orgId(),
          tenant.section("policies").getInt("version"),
          tenant.section("directory").getInt("version"));
    }

    String record(String line, Consumer<ObjectNode> change) {
      try {
        ObjectNode record = (ObjectNode) JSON.readTree(line);
        record.put("tenantId", tenant);
        ((ObjectNode) record.get("bundle")).put("policies", policies).put("directory", directory);
        change.accept(record);
        return JSON.writeValueAsString(record);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Response replay(String tenant, String record) {
    return given()
        .header("Authorization", TestKeys.bearer("audit-service", "tenant-service"))
        .contentType("application/json")
        .body(record)
        .post("/internal/replays/" + tenant);
  }

  private static void everyRecordIsDecidedTheSame(TestTenant tenant, At at) {
    List<String> others = new ArrayList<>();
    List<String> lines = text("records-v1.ndjson").lines().toList();
    for (String line : lines) {
      Response answer = replay(tenant.orgId(), at.record(line, record -> {}));
      if (answer.statusCode() != 200 || !answer.jsonPath().getBoolean("same")) {
        others.add(line + "\n" + answer.asString());
      }
    }
    assertEquals(List.of(), others);
    assertTrue(lines.size() > 40);
  }

  @Test
  void decidesTheSameAlsoWhenEverythingHasChangedSince() {
    TestTenant tenant = furnished();
    At then = At.now(tenant);
    everyRecordIsDecidedTheSame(tenant, then);

    tenant.apply(text("policies.yaml").replace("effect: allow", "effect: deny"));
    tenant.delete("/admin/policies/reading").then().statusCode(200);
    tenant
        .patch(
            "/admin/tenant",
            Map.of("timezone", "UTC", "tierCeilings", Map.of(), "riskFloors", Map.of()))
        .then()
        .statusCode(200);
    String target = tenant.get("/admin/targets").path("targets[0].id");
    tenant.delete("/admin/targets/" + target).then().statusCode(200);

    everyRecordIsDecidedTheSame(tenant, then);
  }

  private static String line(String holding) {
    return text("records-v1.ndjson")
        .lines()
        .filter(line -> line.contains(holding))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void saysExactlyWhatDiffers() {
    TestTenant tenant = furnished();
    String forged =
        At.now(tenant)
            .record(
                line("\"action\":\"export:report\""),
                record -> record.put("decision", "allow").put("reason", "Sure"));

    replay(tenant.orgId(), forged)
        .then()
        .statusCode(200)
        .body("replayed", equalTo(true))
        .body("same", equalTo(false))
        .body("differences.field", equalTo(List.of("decision", "reason")))
        .body("differences[0].recorded", equalTo("allow"))
        .body("differences[0].replayed", equalTo("deny"))
        .body("decision", equalTo("deny"))
        .body("rule", equalTo("plan"))
        .body("explanation.policies", hasItem(org.hamcrest.Matchers.hasKey("rules")));
  }

  @Test
  void saysWhatCannotBeKnown() {
    TestTenant tenant = furnished();
    At now = At.now(tenant);
    String line = line("\"action\":\"export:report\"");

    replay(
            tenant.orgId(),
            now.record(
                line,
                record ->
                    record
                        .put("engine", "0.1.0")
                        .put("action", "pay:card")
                        .putObject("context")
                        .put("card", "[redacted]")))
        .then()
        .body("same", equalTo(false))
        .body("notes", hasItem(containsString("context.card was redacted")))
        .body("notes", hasItem(containsString("release 0.1.0")));
    replay(tenant.orgId(), new At(now.tenant(), 99, now.directory()).record(line, r -> {}))
        .then()
        .body("replayed", equalTo(false))
        .body("same", equalTo(false))
        .body("notes[0]", containsString("later than any that is known"));
    replay(tenant.orgId(), new At(now.tenant(), 0, now.directory()).record(line, r -> {}))
        .then()
        .body("replayed", equalTo(false))
        .body("notes[0]", containsString("was not kept yet"));
    replay(tenant.orgId(), now.record(line, record -> record.put("kind", "refusal")))
        .then()
        .body("replayed", equalTo(false))
        .body("notes", hasSize(1));
  }

  @Test
  void takesOnlyRecordsOfThatTenantAndOnlyFromTheAuditService() {
    TestTenant tenant = furnished();
    String record = At.now(tenant).record(line("\"action\":\"export:report\""), r -> {});

    replay(TestTenant.signUp().orgId(), record).then().statusCode(400);
    replay("org_0000000000000000", record.replace(tenant.orgId(), "org_0000000000000000"))
        .then()
        .statusCode(404);
    replay(tenant.orgId(), "[]").then().statusCode(400);
    replay(tenant.orgId(), "{\"format\":2}").then().statusCode(400);
    replay(tenant.orgId(), record.replace("\"kind\":\"decision\"", "\"kind\":\"outcome\""))
        .then()
        .statusCode(400);
    replay(tenant.orgId(), record.replace("\"agent\":", "\"agents\":")).then().statusCode(400);
    TestTenant.replica()
        .contentType("application/json")
        .body(record)
        .post("/internal/replays/" + tenant.orgId())
        .then()
        .statusCode(401);
  }
}
