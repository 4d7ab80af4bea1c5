package app.meshguard.tenant.agent;

import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.tenant.TenantService;
import app.meshguard.tenant.TestTenant;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@TenantService
class AgentIT {

  @Test
  void createsWithEveryFieldAndPublishesIt() {
    TestTenant tenant = TestTenant.signUp();
    JsonPath made =
        tenant
            .post(
                "/admin/agents",
                "{\"name\":\"claims\",\"trustTier\":\"sandboxed\",\"riskLevel\":\"high\","
                    + "\"tags\":[\"a\",\"b\"],\"roles\":[\"r\"],\"owner\":\"ada\","
                    + "\"department\":\"claims\",\"capabilities\":[\"mail\"],"
                    + "\"metadata\":{\"limit\":1.50,\"nested\":{\"x\":null}}}")
            .then()
            .statusCode(201)
            .body("trustTier", equalTo("untrusted"))
            .body("status", equalTo("active"))
            .body("orgId", equalTo(tenant.orgId()))
            .body("createdAt", notNullValue())
            .body("token", notNullValue())
            .body("propagated", equalTo(true))
            .extract()
            .jsonPath();

    JsonPath directory = tenant.section("directory");
    Map<String, Object> entry =
        directory.getMap("agents.find { it.id == '" + made.getString("id") + "' }");
    assertEquals("high", entry.get("riskLevel"));
    assertEquals(List.of("a", "b"), entry.get("tags"));
    assertEquals("claims", entry.get("department"));
    assertTrue(
        TestTenant.replica()
            .get("/internal/bundles/" + tenant.orgId() + "/directory")
            .asString()
            .contains("\"limit\":1.50"),
        "numbers keep their digits");
  }

  @Test
  void refusesATakenNameUntilItsBearerIsRevoked() {
    TestTenant tenant = TestTenant.signUp();
    tenant
        .post("/admin/agents", Map.of("name", "first"))
        .then()
        .statusCode(409)
        .body("code", equalTo("conflict"));
    tenant.delete("/admin/agents/" + tenant.agentId()).then().statusCode(200);
    tenant.post("/admin/agents", Map.of("name", "first")).then().statusCode(201);
  }

  @Test
  void refusesBuiltInAttributesAsMetadata() {
    TestTenant.signUp()
        .post(
            "/admin/agents",
            Map.of("name", "m", "metadata", Map.of("trust_tier", 1, "riskLevel", 2, "own", 3)))
        .then()
        .statusCode(400)
        .body("errors.path", containsInAnyOrder("metadata.trust_tier", "metadata.riskLevel"));
  }

  @Test
  void changesWhatIsGivenAndKeepsTheRest() {
    TestTenant tenant = TestTenant.signUp();
    String path = "/admin/agents/" + tenant.agentId();
    tenant.patch(path, Map.of("owner", "ada", "tags", List.of("x"))).then().statusCode(200);
    tenant
        .patch(path, "{\"owner\":null,\"status\":\"suspended\"}")
        .then()
        .statusCode(200)
        .body("owner", nullValue())
        .body("tags", equalTo(List.of("x")))
        .body("status", equalTo("suspended"));
    tenant.patch(path, Map.of("status", "revoked")).then().statusCode(400);
    tenant.patch(path, "{\"trustTier\":null,\"nmae\":\"x\"}").then().statusCode(400);
    tenant.get(path).then().body("status", equalTo("suspended"));
  }

  @Test
  void revokesForGood() {
    TestTenant tenant = TestTenant.signUp();
    String path = "/admin/agents/" + tenant.agentId();
    tenant
        .delete(path)
        .then()
        .statusCode(200)
        .body("status", equalTo("revoked"))
        .body("propagated", equalTo(true));
    tenant.delete(path).then().statusCode(200).body("status", equalTo("revoked"));

    tenant.get("/admin/agents").then().body("agents", empty());
    tenant.get("/admin/agents?status=all").then().body("agents", hasSize(1));
    tenant.get(path).then().statusCode(200).body("status", equalTo("revoked"));
    tenant.patch(path, Map.of("owner", "x")).then().statusCode(409);
    tenant.admin().post(path + "/token").then().statusCode(409);
    assertEquals(List.of(tenant.agentId()), tenant.section("revocations").getList("revoked.id"));
    assertEquals("revoked", tenant.section("directory").getString("agents[0].status"));
  }

  @Test
  void pagesThroughAllWithoutRepeats() {
    TestTenant tenant = TestTenant.signUp();
    List<String> all = new ArrayList<>(List.of(tenant.agentId()));
    for (int i = 0; i < 4; i++) {
      all.add(tenant.newAgent());
    }
    List<String> seen = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonPath page =
          tenant
              .get("/admin/agents?limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
              .jsonPath();
      seen.addAll(page.getList("agents.id"));
      cursor = page.getString("next");
    }
    assertEquals(all, seen);
  }

  @Test
  void issuesTokensAndRefusesOlderOnesWhenAsked() {
    TestTenant tenant = TestTenant.signUp();
    String path = "/admin/agents/" + tenant.agentId() + "/token";
    tenant.admin().post(path).then().statusCode(201).body("token", notNullValue());
    tenant.post(path, Map.of("expiresIn", "31d")).then().statusCode(400);
    tenant.post(path, Map.of("expiresIn", 0)).then().statusCode(400);
    long before = tenant.section("directory").getLong("agents[0].tokensValidFrom");

    tenant
        .post(path, Map.of("expiresIn", "1h", "revokeOlder", true))
        .then()
        .statusCode(201)
        .body("expiresAt", notNullValue());

    long after = tenant.section("directory").getLong("agents[0].tokensValidFrom");
    assertTrue(after > before);
  }

  @Test
  void revokesOneToken() {
    TestTenant tenant = TestTenant.signUp();
    String path = "/admin/agents/" + tenant.agentId() + "/token";
    String jti = tenant.admin().post(path).path("jti");
    tenant.delete(path + "/" + jti).then().statusCode(200).body("status", equalTo("revoked"));
    tenant.delete(path + "/x").then().statusCode(404);
    assertEquals(List.of(jti), tenant.section("revocations").getList("revoked.id"));
    assertEquals("token", tenant.section("revocations").getString("revoked[0].kind"));
  }

  @Test
  void repeatsAnAnswerWithoutItsSecrets() {
    TestTenant tenant = TestTenant.signUp();
    String key = UUID.randomUUID().toString();
    String first =
        tenant
            .admin()
            .header("Idempotency-Key", key)
            .contentType("application/json")
            .body(Map.of("name", "once"))
            .post("/admin/agents")
            .then()
            .statusCode(201)
            .extract()
            .path("id");

    tenant
        .admin()
        .header("Idempotency-Key", key)
        .contentType("application/json")
        .body(Map.of("name", "once"))
        .post("/admin/agents")
        .then()
        .statusCode(201)
        .header("Idempotent-Replay", "true")
        .body("id", equalTo(first))
        .body("token", nullValue());
    tenant
        .admin()
        .header("Idempotency-Key", key)
        .contentType("application/json")
        .body(Map.of("name", "twice"))
        .post("/admin/agents")
        .then()
        .statusCode(409)
        .body("code", equalTo("idempotency_conflict"));
    tenant.get("/admin/agents").then().body("agents.name", not(hasItem("twice")));
  }

  @Test
  void givesANameToOneOfManyThatAskAtOnce() {
    TestTenant tenant = TestTenant.signUp();
    List<CompletableFuture<Integer>> asked = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      asked.add(
          CompletableFuture.supplyAsync(
              () -> tenant.post("/admin/agents", Map.of("name", "wanted")).statusCode()));
    }
    List<Integer> answers = asked.stream().map(CompletableFuture::join).sorted().toList();
    assertEquals(List.of(201, 409, 409, 409, 409, 409, 409, 409), answers);
    assertEquals(2, tenant.section("directory").getInt("version"));
  }

  @Test
  void anIdOfOddCharactersIsNobodys() {
    TestTenant tenant = TestTenant.signUp();
    for (String id : List.of("%00", "%0a", "%ff", "a%2Fb", "'", "%25")) {
      assertEquals(
          404,
          tenant.admin().urlEncodingEnabled(false).get("/admin/agents/" + id).statusCode(),
          id);
      assertEquals(
          404,
          tenant.admin().urlEncodingEnabled(false).get("/admin/policies/" + id).statusCode(),
          id);
    }
  }
}
