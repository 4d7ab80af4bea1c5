package app.meshguard.tenant.platform;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import app.meshguard.tenant.TenantService;
import app.meshguard.tenant.TestTenant;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TenantService
class ErrorsIT {

  private static void isProblem(Response answer, int status, String code) {
    answer
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("code", equalTo(code))
        .body("status", equalTo(status));
    answer.then().body(not(containsString("java.")), not(containsString("Exception")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "7",
        "{\"name\":\"a\",\"name\":\"b\"}",
        "{} {}",
        "{\"a\":NaN}",
        "\u0000"
      })
  void refusesWhatIsNotOneJsonObject(String body) {
    isProblem(
        given().contentType("application/json").body(body).post("/signup"), 400, "invalid_request");
  }

  @Test
  void refusesDeepNesting() {
    String body = "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
    isProblem(
        given().contentType("application/json").body(body).post("/signup"), 400, "invalid_request");
  }

  @Test
  void refusesBytesThatAreNotText() {
    isProblem(
        given()
            .contentType("application/json")
            .body(new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'})
            .post("/signup"),
        400,
        "invalid_request");
  }

  @Test
  void refusesHugeBodies() {
    byte[] huge = " ".repeat(1_100_000).getBytes(StandardCharsets.UTF_8);
    isProblem(
        given().contentType("application/json").body(huge).post("/signup"),
        413,
        "payload_too_large");
  }

  @Test
  void refusesOtherMediaTypesAndMethodsAndPaths() {
    isProblem(
        given().contentType("text/plain").body("x").post("/signup"), 415, "unsupported_media_type");
    isProblem(given().get("/signup"), 405, "method_not_allowed");
    isProblem(given().get("/admin/nothing"), 404, "not_found");
    isProblem(
        TestTenant.signUp().admin().accept("text/html").get("/admin/agents"),
        406,
        "not_acceptable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "501", "-1", "x", "1e2", "99999999999"})
  void refusesLimitsOutOfBounds(String limit) {
    isProblem(
        TestTenant.signUp().admin().queryParam("limit", limit).get("/admin/agents"),
        400,
        "invalid_request");
  }

  @Test
  void answersThePublishedClientsPathsToo() {
    TestTenant tenant = TestTenant.signUp();
    tenant.get("/api/v1/admin/agents").then().statusCode(200);
    isProblem(given().get("/api/v1/internal/bundles"), 404, "not_found");
  }
}
