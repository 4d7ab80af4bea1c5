package app.meshguard.tenant.signup;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertFalse;

import app.meshguard.tenant.TenantService;
import app.meshguard.tenant.starter.Starters;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@TenantService
class StarterIT {
  static final List<String> ids = Starters.IDS;

  private static Response signUp(String starter) {
    return given()
        .contentType("application/json")
        .body(
            Map.of(
                "name", "Acme", "email", "ada@example.com", "agentName", "a", "starter", starter))
        .post("/signup");
  }

  @ParameterizedTest
  @FieldSource("ids")
  void putsTheStarterInForce(String id) {
    String adminToken = signUp(id).then().statusCode(201).extract().path("adminToken");

    Response policies = given().header("X-Admin-Token", adminToken).get("/admin/policies");

    policies.then().statusCode(200).body("policies.status", hasItem("in_force"));
    assertFalse(policies.jsonPath().getList("policies.rules.flatten()").isEmpty());
  }

  @Test
  void namesTheStartersThatThereAre() {
    signUp("shop")
        .then()
        .statusCode(400)
        .body("errors[0].path", equalTo("starter"))
        .body("errors[0].message", containsString("incident-response"));
  }
}
