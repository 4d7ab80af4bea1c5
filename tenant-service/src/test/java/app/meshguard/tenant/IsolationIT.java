package app.meshguard.tenant;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.wire.Base62;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Tries every operation of the OpenAPI document with another tenant's ids, in path, query and body,
 * and expects the very answer that ids of nobody get. An operation without a case here fails.
 */
@TenantService
class IsolationIT {
  /** Everything by which a request can name something. */
  private record Ids(
      String agent,
      String key,
      String policy,
      String target,
      String jti,
      String agentCursor,
      String keyCursor,
      String policyCursor,
      String targetCursor) {}

  /** One request that names things. */
  private interface Attempt {
    Response by(RequestSpecification admin, Ids ids);
  }

  private static final String JSON = "application/json";

  /** The cases, by operation id; several where ids come in several ways. */
  private static final Map<String, List<Attempt>> CASES =
      Map.ofEntries(
          one("getAgent", (admin, ids) -> admin.get("/admin/agents/" + ids.agent())),
          one(
              "changeAgent",
              (admin, ids) ->
                  admin
                      .contentType(JSON)
                      .body("{\"owner\":\"mallory\"}")
                      .patch("/admin/agents/" + ids.agent())),
          one("revokeAgent", (admin, ids) -> admin.delete("/admin/agents/" + ids.agent())),
          one(
              "issueAgentToken",
              (admin, ids) -> admin.post("/admin/agents/" + ids.agent() + "/token")),
          one(
              "revokeAgentToken",
              (admin, ids) -> admin.delete("/admin/agents/" + ids.agent() + "/token/" + ids.jti())),
          one("listAgents", (admin, ids) -> admin.get("/admin/agents?cursor=" + ids.agentCursor())),
          one(
              "createKey",
              (admin, ids) ->
                  admin
                      .contentType(JSON)
                      .body("{\"agentId\":\"" + ids.agent() + "\"}")
                      .post("/admin/keys")),
          one("listKeys", (admin, ids) -> admin.get("/admin/keys?cursor=" + ids.keyCursor())),
          one("revokeKey", (admin, ids) -> admin.delete("/admin/keys/" + ids.key())),
          one("getPolicy", (admin, ids) -> admin.get("/admin/policies/" + ids.policy())),
          one("deletePolicy", (admin, ids) -> admin.delete("/admin/policies/" + ids.policy())),
          one(
              "listPolicyVersions",
              (admin, ids) -> admin.get("/admin/policies/" + ids.policy() + "/versions")),
          one(
              "getPolicyVersion",
              (admin, ids) -> admin.get("/admin/policies/" + ids.policy() + "/versions/1")),
          one("diffPolicy", (admin, ids) -> admin.get("/admin/policies/" + ids.policy() + "/diff")),
          one(
              "policyImpact",
              (admin, ids) ->
                  admin
                      .contentType(JSON)
                      .body("{\"remove\":[\"" + ids.policy() + "\"]}")
                      .post("/admin/policies/impact")),
          one(
              "agentPermissions",
              (admin, ids) -> admin.get("/admin/agents/" + ids.agent() + "/permissions")),
          one("testPolicies", (admin, ids) -> tried(admin, ids).post("/admin/policies/test")),
          one("explainCall", (admin, ids) -> tried(admin, ids).post("/admin/policies/explain")),
          one(
              "publishPolicy",
              (admin, ids) ->
                  admin
                      .contentType(JSON)
                      .body("{\"revision\":1}")
                      .post("/admin/policies/" + ids.policy() + "/publish")),
          one(
              "endPolicyCanary",
              (admin, ids) -> admin.delete("/admin/policies/" + ids.policy() + "/canary")),
          one(
              "rollBackPolicy",
              (admin, ids) -> admin.post("/admin/policies/" + ids.policy() + "/rollback")),
          one(
              "listPolicies",
              (admin, ids) -> admin.get("/admin/policies?cursor=" + ids.policyCursor())),
          one("getTarget", (admin, ids) -> admin.get("/admin/targets/" + ids.target())),
          one(
              "changeTarget",
              (admin, ids) ->
                  admin
                      .contentType(JSON)
                      .body("{\"primary\":true}")
                      .patch("/admin/targets/" + ids.target())),
          one("deleteTarget", (admin, ids) -> admin.delete("/admin/targets/" + ids.target())),
          one(
              "listTargets",
              (admin, ids) -> admin.get("/admin/targets?cursor=" + ids.targetCursor())));

  /** Operations that take nobody's id; the document must agree. */
  private static final Set<String> WITHOUT_IDS =
      Set.of(
          "signUp",
          "jwks",
          "createAgent",
          "applyPolicies",
          "validatePolicies",
          "lintPolicies",
          "createTarget",
          "getTenant",
          "changeTenant");

  /** Parameters that name nothing of a tenant's. */
  private static final Set<String> PLAIN = Set.of("publish");

  private static RequestSpecification tried(RequestSpecification admin, Ids ids) {
    return admin
        .contentType(JSON)
        .body("{\"agent\":\"" + ids.agent() + "\",\"action\":\"read:x\"}");
  }

  private static Map.Entry<String, List<Attempt>> one(String operation, Attempt attempt) {
    return Map.entry(operation, List.of(attempt));
  }

  private record Operation(String id, String method, String path, List<String> parameters) {}

  private static List<Operation> operations() {
    JsonPath document = given().get("/q/openapi?format=JSON").jsonPath();
    List<Operation> operations = new ArrayList<>();
    Map<String, Map<String, Object>> paths = document.getMap("paths");
    paths.forEach(
        (path, methods) ->
            methods.forEach(
                (method, operation) -> {
                  @SuppressWarnings("unchecked")
                  Map<String, Object> fields = (Map<String, Object>) operation;
                  @SuppressWarnings("unchecked")
                  List<Map<String, Object>> parameters =
                      (List<Map<String, Object>>) fields.getOrDefault("parameters", List.of());
                  operations.add(
                      new Operation(
                          String.valueOf(fields.get("operationId")),
                          method,
                          path,
                          parameters.stream().map(p -> String.valueOf(p.get("name"))).toList()));
                }));
    return operations;
  }

  private static Ids idsOf(TestTenant tenant) {
    String policy = "policy-" + Base62.random(8).toLowerCase(java.util.Locale.ROOT);
    String policyId = tenant.apply(TestTenant.policy(policy)).path("policies[0].id");
    String target =
        tenant
            .post("/admin/targets", Map.of("name", "t", "baseUrl", "https://api.example.com"))
            .path("id");
    String key = tenant.get("/admin/keys").path("keys[0].id");
    String jti = tenant.admin().post("/admin/agents/" + tenant.agentId() + "/token").path("jti");
    return new Ids(
        tenant.agentId(), key, policy, target, jti, tenant.agentId(), key, policyId, target);
  }

  private static Ids nobodys() {
    String agent = "agent_" + Base62.random(16);
    String key = Base62.random(10);
    String target = "target_" + Base62.random(16);
    return new Ids(
        agent,
        key,
        "no-such-policy",
        target,
        UUID.randomUUID().toString(),
        agent,
        key,
        "policy_" + Base62.random(16),
        target);
  }

  @Test
  void everyOperationHasACase() {
    Set<String> known = new HashSet<>(CASES.keySet());
    known.addAll(WITHOUT_IDS);
    for (Operation operation : operations()) {
      if (operation.path().startsWith("/internal/")) {
        continue;
      }
      assertTrue(
          known.contains(operation.id()),
          () -> "write a case of isolation for the new operation " + operation.id());
      if (WITHOUT_IDS.contains(operation.id())) {
        assertTrue(PLAIN.containsAll(operation.parameters()), operation.id());
      }
    }
  }

  @Test
  void anotherTenantsIdsAreNobodys() {
    TestTenant mallory = TestTenant.signUp();
    TestTenant victim = TestTenant.signUp();
    Ids victims = idsOf(victim);
    Map<String, String> before = stateOf(victim);

    CASES.forEach(
        (operation, attempts) -> {
          for (Attempt attempt : attempts) {
            Response foreign = attempt.by(mallory.admin(), victims);
            Response random = attempt.by(mallory.admin(), nobodys());
            assertEquals(404, foreign.statusCode(), operation);
            assertEquals(404, random.statusCode(), operation);
            assertEquals(random.asString(), foreign.asString(), operation);
          }
        });

    assertEquals(before, stateOf(victim));
  }

  @Test
  void aPolicyOfTheSameNameIsAnotherPolicy() {
    TestTenant mallory = TestTenant.signUp();
    TestTenant victim = TestTenant.signUp();
    victim.apply(TestTenant.policy("shared"));
    Map<String, String> before = stateOf(victim);
    mallory.apply(TestTenant.policy("shared") + "description: mine\n").then().statusCode(200);
    mallory.delete("/admin/policies/shared").then().statusCode(200);
    assertEquals(before, stateOf(victim));
  }

  @Test
  void anAdminsTokenOpensNothingInternal() {
    TestTenant tenant = TestTenant.signUp();
    long internal =
        operations().stream()
            .filter(o -> o.path().startsWith("/internal/"))
            .peek(
                operation -> {
                  String path = operation.path().replace("{tenantId}", tenant.orgId());
                  Response answer =
                      tenant
                          .admin()
                          .header("Authorization", "Bearer " + tenant.adminToken())
                          .contentType(JSON)
                          .request(operation.method().toUpperCase(java.util.Locale.ROOT), path);
                  assertEquals(401, answer.statusCode(), operation.id());
                })
            .count();
    assertFalse(internal == 0);
  }

  private static Map<String, String> stateOf(TestTenant tenant) {
    Map<String, String> state = new HashMap<>();
    Stream.of("/admin/agents?status=all", "/admin/policies", "/admin/targets", "/admin/tenant")
        .forEach(path -> state.put(path, tenant.get(path).asString()));
    state.put("keys", String.valueOf(tenant.get("/admin/keys").jsonPath().getList("keys.id")));
    Stream.of("policies", "directory", "revocations")
        .forEach(
            section ->
                state.put(
                    section,
                    TestTenant.replica()
                        .get("/internal/bundles/" + tenant.orgId() + "/" + section)
                        .asString()));
    return state;
  }
}
