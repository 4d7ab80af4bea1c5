package app.meshguard.tenant;

import static io.restassured.RestAssured.given;

import app.meshguard.testsupport.TestKeys;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/** A tenant that a test has signed up, and its admin's requests. */
public record TestTenant(
    String orgId, String apiKey, String adminToken, String agentId, String agentToken) {

  public static TestTenant signUp() {
    JsonPath answer =
        given()
            .contentType("application/json")
            .body(Map.of("name", "Acme", "email", "ada@example.com", "agentName", "first"))
            .post("/signup")
            .then()
            .statusCode(201)
            .extract()
            .jsonPath();
    return new TestTenant(
        answer.getString("orgId"),
        answer.getString("apiKey"),
        answer.getString("adminToken"),
        answer.getString("agent.id"),
        answer.getString("agent.token"));
  }

  public RequestSpecification admin() {
    return given().header("X-Admin-Token", adminToken);
  }

  public Response post(String path, Object json) {
    return admin().contentType("application/json").body(json).post(path);
  }

  public Response patch(String path, Object json) {
    return admin().contentType("application/json").body(json).patch(path);
  }

  public Response get(String path) {
    return admin().get(path);
  }

  public Response delete(String path) {
    return admin().delete(path);
  }

  public Response apply(String yaml) {
    return admin()
        .contentType("application/yaml")
        .body(yaml.getBytes(StandardCharsets.UTF_8))
        .post("/admin/policies");
  }

  /** A policy that allows one action. */
  public static String policy(String name) {
    return "name: " + name + "\nrules:\n  - action: read:x\n    effect: allow\n";
  }

  /** The id of a new agent with a name of its own. */
  public String newAgent() {
    return post("/admin/agents", Map.of("name", "agent " + UUID.randomUUID()))
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  /** A request as a decision replica. */
  public static RequestSpecification replica() {
    return given().header("Authorization", TestKeys.bearer("decision-service", "tenant-service"));
  }

  public JsonPath section(String name) {
    return replica()
        .get("/internal/bundles/" + orgId + "/" + name)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }
}
