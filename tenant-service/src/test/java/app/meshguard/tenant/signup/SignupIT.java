package app.meshguard.tenant.signup;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import app.meshguard.tenant.TenantService;
import app.meshguard.tenant.TestTenant;
import app.meshguard.wire.Base62;
import io.restassured.response.Response;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

@TenantService
class SignupIT {

  private static Response signUp(Object body) {
    return given().contentType("application/json").body(body).post("/signup");
  }

  @Test
  void answersExactlyTheContract() {
    Response answer =
        signUp(Map.of("name", "Acme", "email", "ada@example.com", "agentName", "helper"));

    answer
        .then()
        .statusCode(201)
        .body("orgId", matchesPattern("org_[0-9A-Za-z]{16}"))
        .body("apiKey", matchesPattern("msk_[0-9A-Za-z_]+"))
        .body("adminToken", matchesPattern("msat_[0-9A-Za-z_]+"))
        .body("agent.id", matchesPattern("agent_[0-9A-Za-z]{16}"))
        .body("agent.name", equalTo("helper"));
    Map<String, Object> body = answer.jsonPath().getMap("");
    assertEquals(Set.of("orgId", "apiKey", "adminToken", "agent"), body.keySet());
    assertEquals(Set.of("id", "name", "token"), answer.jsonPath().getMap("agent").keySet());
  }

  @Test
  void makesAVerifiedFirstAgentWithAKeyOfItsOwnAndNoPolicy() {
    TestTenant tenant = TestTenant.signUp();

    tenant
        .get("/admin/agents/" + tenant.agentId())
        .then()
        .body("trustTier", equalTo("verified"))
        .body("tags", hasSize(0));
    tenant.get("/admin/policies").then().body("policies", hasSize(0));
    assertEquals(tenant.agentId(), tenant.section("directory").getString("keys[0].agentId"));
  }

  @Test
  void namesEveryFaultAtOnce() {
    signUp("{\"name\":7,\"email\":\"nobody\",\"starter\":\"shop\",\"agentName\":\"\"}")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("invalid_request"))
        .body("errors.path", containsInAnyOrder("name", "email", "starter", "agentName"));
  }

  @Test
  void refusesWhatIsTooLong() {
    signUp(Map.of("name", "a".repeat(200), "email", "ada@example.com", "agentName", "a"))
        .then()
        .statusCode(400)
        .body("errors.path", containsInAnyOrder("name"));
  }

  private static Response signUp(String key, Map<String, String> body) {
    return given()
        .header("Idempotency-Key", key)
        .contentType("application/json")
        .body(body)
        .post("/signup");
  }

  @Test
  void signsUpOnceForOneKeyAndShowsTheSecretsOnce() {
    String key = Base62.random(20);
    Map<String, String> ada =
        Map.of("name", "Acme", "email", "ada@example.com", "agentName", "helper");
    Response first = signUp(key, ada);
    first.then().statusCode(201).body("adminToken", notNullValue());

    signUp(key, ada)
        .then()
        .statusCode(201)
        .header("Idempotent-Replay", "true")
        .body("orgId", equalTo(first.path("orgId")))
        .body("agent.id", equalTo(first.path("agent.id")))
        .body("agent.token", nullValue())
        .body("apiKey", nullValue())
        .body("adminToken", nullValue());
    signUp(key, Map.of("name", "Other", "email", "ada@example.com", "agentName", "helper"))
        .then()
        .statusCode(409)
        .body("code", equalTo("idempotency_conflict"));
    signUp("not a key", ada).then().statusCode(400);
    signUp(Base62.random(20), ada)
        .then()
        .statusCode(201)
        .body("orgId", not(equalTo(first.path("orgId"))));
  }
}
