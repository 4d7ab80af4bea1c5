package app.meshguard.tenant.outbox;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.tenant.ShippedRecords;
import app.meshguard.tenant.TenantService;
import app.meshguard.tenant.TestTenant;
import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Everything that an admin changes is in the audit log, and nothing that must not be. */
@TenantService
class ChangesIT {
  private static final List<String> WRITES = List.of("post", "put", "patch", "delete");

  /** Writes that change nothing. */
  private static final Set<String> WITHOUT_CHANGE =
      Set.of("testPolicies", "explainCall", "policyImpact", "validatePolicies", "lintPolicies");

  /** One write of an admin, and the type of the change that it is recorded as. */
  private record Case(
      String operation, String type, BiFunction<TestTenant, Names, Response> write) {}

  /** What the cases name. */
  private record Names(String agent, String key, String target, String jti) {}

  private static final List<Case> CASES =
      List.of(
          new Case(
              "createAgent",
              "agent.created",
              (admin, names) ->
                  admin.post(
                      "/admin/agents",
                      Map.of("name", "b", "metadata", Map.of("api_key", "SECRET-metadata")))),
          new Case(
              "changeAgent",
              "agent.changed",
              (admin, names) ->
                  admin.patch("/admin/agents/" + names.agent(), Map.of("owner", "ann"))),
          new Case(
              "issueAgentToken",
              "agent.token_issued",
              (admin, names) -> admin.post("/admin/agents/" + names.agent() + "/token", Map.of())),
          new Case(
              "revokeAgentToken",
              "agent.token_revoked",
              (admin, names) ->
                  admin.delete("/admin/agents/" + names.agent() + "/token/" + names.jti())),
          new Case(
              "createKey",
              "key.created",
              (admin, names) -> admin.post("/admin/keys", Map.of("agentId", names.agent()))),
          new Case(
              "createKey",
              "admin_token.created",
              (admin, names) ->
                  admin.post(
                      "/admin/keys",
                      Map.of("kind", "admin", "permissions", List.of("audit:read")))),
          new Case(
              "revokeKey",
              "key.revoked",
              (admin, names) -> admin.delete("/admin/keys/" + names.key())),
          new Case(
              "applyPolicies", "policy.applied", (admin, names) -> admin.apply(policy("read:y"))),
          new Case(
              "applyPolicies",
              "policy.drafted",
              (admin, names) ->
                  admin
                      .admin()
                      .contentType("application/yaml")
                      .body(policy("read:z").getBytes(StandardCharsets.UTF_8))
                      .post("/admin/policies?publish=false")),
          new Case(
              "publishPolicy",
              "policy.canary_started",
              (admin, names) ->
                  admin.post("/admin/policies/p/publish", Map.of("revision", 3, "percent", 10))),
          new Case(
              "endPolicyCanary",
              "policy.canary_ended",
              (admin, names) -> admin.delete("/admin/policies/p/canary")),
          new Case(
              "publishPolicy",
              "policy.published",
              (admin, names) -> admin.post("/admin/policies/p/publish", Map.of("revision", 3))),
          new Case(
              "rollBackPolicy",
              "policy.rolled_back",
              (admin, names) -> admin.post("/admin/policies/p/rollback", Map.of())),
          new Case(
              "deletePolicy",
              "policy.deleted",
              (admin, names) -> admin.delete("/admin/policies/p")),
          new Case(
              "createTarget",
              "target.created",
              (admin, names) ->
                  admin.post(
                      "/admin/targets",
                      Map.of(
                          "name", "two",
                          "baseUrl", "https://two.example.com",
                          "env", Map.of("password", "SECRET-env")))),
          new Case(
              "changeTarget",
              "target.changed",
              (admin, names) ->
                  admin.patch(
                      "/admin/targets/" + names.target(),
                      Map.of("headers", Map.of("X-Api", "SECRET-header")))),
          new Case(
              "deleteTarget",
              "target.deleted",
              (admin, names) -> admin.delete("/admin/targets/" + names.target())),
          new Case(
              "changeTenant",
              "tenant.changed",
              (admin, names) -> admin.patch("/admin/tenant", Map.of("retentionDays", 5))),
          new Case(
              "revokeAgent",
              "agent.revoked",
              (admin, names) -> admin.delete("/admin/agents/" + names.agent())));

  private static String policy(String action) {
    return TestTenant.policy("p").replace("read:x", action);
  }

  private static Names furnish(TestTenant tenant) {
    tenant.apply(TestTenant.policy("p")).then().statusCode(200);
    String agent = tenant.newAgent();
    return new Names(
        agent,
        tenant.post("/admin/keys", Map.of("agentId", agent)).path("id"),
        tenant
            .post("/admin/targets", Map.of("name", "t", "baseUrl", "https://api.example.com"))
            .path("id"),
        tenant.admin().post("/admin/agents/" + agent + "/token").path("jti"));
  }

  @Test
  void everyWriteIsRecordedOnceWithWhoMadeIt() {
    TestTenant tenant = TestTenant.signUp();
    Names names = furnish(tenant);
    String by = tenant.adminToken().split("_")[2];
    for (Case one : CASES) {
      long before =
          ShippedRecords.await(tenant.orgId(), all -> true).stream()
              .filter(r -> type(r).equals(one.type()))
              .count();
      Response answer = one.write().apply(tenant, names);
      assertTrue(answer.statusCode() < 300, one.type() + ": " + answer.asString());

      List<JsonNode> records =
          ShippedRecords.await(
              tenant.orgId(),
              all -> all.stream().filter(r -> type(r).equals(one.type())).count() > before);

      JsonNode change =
          records.stream()
              .filter(r -> type(r).equals(one.type()))
              .reduce((first, last) -> last)
              .orElseThrow()
              .get("change");
      assertEquals("admin_token", change.at("/by/kind").asText());
      assertTrue(by.startsWith(change.at("/by/id").asText()), one.type());
      assertTrue(change.hasNonNull("target"), one.type());
    }
  }

  @Test
  void everyOperationOfTheApiHasItsCase() {
    Set<String> cases = CASES.stream().map(Case::operation).collect(Collectors.toSet());
    Set<String> writes = new TreeSet<>();
    Map<String, Map<String, Map<String, Object>>> paths =
        given().queryParam("format", "json").get("/q/openapi").jsonPath().getMap("paths");
    paths.forEach(
        (path, operations) ->
            operations.forEach(
                (method, operation) -> {
                  if (path.startsWith("/admin/") && WRITES.contains(method)) {
                    writes.add(String.valueOf(operation.get("operationId")));
                  }
                }));
    writes.removeAll(WITHOUT_CHANGE);

    assertEquals(new TreeSet<>(cases), writes);
  }

  @Test
  void showsTheThingBeforeAndAfter() {
    TestTenant tenant = TestTenant.signUp();
    String agent = tenant.newAgent();
    tenant.patch("/admin/agents/" + agent, Map.of("tags", List.of("new"))).then().statusCode(200);

    JsonNode record = ShippedRecords.change(tenant.orgId(), "agent.changed");

    assertEquals(0, record.at("/change/before/tags").size());
    assertEquals("new", record.at("/change/after/tags/0").asText());
    assertEquals(agent, record.at("/change/target/id").asText());
    assertEquals(agent, record.at("/agent/id").asText());
    assertEquals("change", record.get("kind").asText());
    assertEquals("tenant-service", record.get("service").asText());
    assertTrue(record.get("decisionId").asText().matches("chg_[0-9A-Z]{26}"));
  }

  @Test
  void namesRevisionsByNumberAndDigest() {
    TestTenant tenant = TestTenant.signUp();
    tenant.apply(policy("read:one")).then().statusCode(200);
    tenant.apply(policy("read:two")).then().statusCode(200);

    List<JsonNode> applied =
        ShippedRecords.await(
                tenant.orgId(),
                all -> all.stream().filter(r -> type(r).equals("policy.applied")).count() == 2)
            .stream()
            .filter(r -> type(r).equals("policy.applied"))
            .toList();

    JsonNode first = applied.get(0).get("change");
    JsonNode second = applied.get(1).get("change");
    assertTrue(first.path("before").isMissingNode());
    assertEquals(first.get("after"), second.get("before"));
    assertEquals(2, second.at("/after/revision/number").asInt());
    assertTrue(second.at("/after/revision/sha256").asText().matches("[0-9a-f]{64}"));
  }

  private static String type(JsonNode record) {
    return record.path("change").path("type").asText();
  }

  @Test
  void signUpTellsOfAllThatItMade() {
    TestTenant tenant = TestTenant.signUp();
    Set<String> made =
        Set.of(
            "tenant.signed_up",
            "agent.created",
            "agent.token_issued",
            "key.created",
            "admin_token.created");

    List<JsonNode> records =
        ShippedRecords.await(
            tenant.orgId(),
            all -> all.stream().map(ChangesIT::type).collect(Collectors.toSet()).containsAll(made));

    assertEquals("tenant.signed_up", type(records.getFirst()));
    assertEquals("sign_up", records.getFirst().at("/change/by/kind").asText());
  }

  @Test
  void whatIsRepeatedOrRefusedIsNotRecorded() {
    TestTenant tenant = TestTenant.signUp();
    tenant.apply(TestTenant.policy("p")).then().statusCode(200);
    tenant.apply(TestTenant.policy("p")).then().statusCode(200);
    tenant.post("/admin/agents", Map.of("name", "first")).then().statusCode(409);
    for (int i = 0; i < 2; i++) {
      tenant
          .admin()
          .header("Idempotency-Key", "k")
          .contentType("application/json")
          .body(Map.of("name", "again"))
          .post("/admin/agents")
          .then()
          .statusCode(201);
    }
    tenant.patch("/admin/tenant", Map.of("name", "last")).then().statusCode(200);

    ShippedRecords.change(tenant.orgId(), "tenant.changed");
    List<String> types =
        ShippedRecords.await(tenant.orgId(), all -> true).stream().map(ChangesIT::type).toList();
    assertEquals(1, types.stream().filter("policy.applied"::equals).count(), types.toString());
    assertEquals(2, types.stream().filter("agent.created"::equals).count(), types.toString());
  }

  @Test
  void noSecretAndNoHashOfOneIsRecorded() {
    TestTenant tenant = TestTenant.signUp();
    Names names = furnish(tenant);
    Set<String> secrets = new HashSet<>(List.of("SECRET", tenant.apiKey(), tenant.adminToken()));
    secrets.add(tenant.agentToken());
    for (Case one : CASES) {
      Response answer = one.write().apply(tenant, names);
      for (String shown : List.of("key", "token")) {
        String secret = answer.path(shown);
        if (secret != null) {
          secrets.add(secret);
        }
      }
    }
    ShippedRecords.change(tenant.orgId(), "agent.revoked");

    String all = String.join("\n", ShippedRecords.lines(tenant.orgId()));

    List<String> found = new ArrayList<>(secrets);
    found.removeIf(secret -> !all.contains(secret));
    assertEquals(List.of(), found);
    assertFalse(all.contains("sha256\":\"" + app.meshguard.wire.ApiKey.sha256(tenant.apiKey())));
    assertFalse(all.contains("eyJ"), "a token");
    assertFalse(all.contains("ada@example.com"), "a person's address");
    assertTrue(all.contains("\"headersSet\":[\"X-Api\"]"));
  }
}
