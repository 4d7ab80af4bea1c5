package app.meshguard.tenant.credential;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import app.meshguard.tenant.ShippedRecords;
import app.meshguard.tenant.TenantService;
import app.meshguard.tenant.TestDatabaseAccess;
import app.meshguard.tenant.TestTenant;
import app.meshguard.wire.ApiKey;
import app.meshguard.wire.TenantId;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** First uses of admin tokens, and refused ones, are in the audit log, and cannot flood it. */
@TenantService
class LoginsIT {

  private static List<JsonNode> logins(TestTenant tenant, int count) {
    return ShippedRecords.await(tenant.orgId(), all -> logins(all).size() >= count).stream()
        .filter(LoginsIT::isLogin)
        .toList();
  }

  private static List<JsonNode> logins(List<JsonNode> all) {
    return all.stream().filter(LoginsIT::isLogin).toList();
  }

  private static boolean isLogin(JsonNode record) {
    return record.get("kind").asText().equals("login");
  }

  private static void refused(String token) {
    given().header("X-Admin-Token", token).get("/admin/agents").then().statusCode(401);
  }

  /** What is recorded before this change is there when it is. */
  private static void settle(TestTenant tenant) {
    tenant.patch("/admin/tenant", Map.of("name", "settled")).then().statusCode(200);
    ShippedRecords.change(tenant.orgId(), "tenant.changed");
  }

  @Test
  void recordsTheFirstUseOfATokenOnceAndTheFirstOfADay() throws SQLException {
    TestTenant tenant = TestTenant.signUp();
    tenant.get("/admin/agents").then().statusCode(200);
    tenant.get("/admin/agents").then().statusCode(200);
    ApiKey token = ApiKey.parse(tenant.adminToken()).orElseThrow();

    JsonNode first = logins(tenant, 1).getFirst();
    assertEquals("ever", first.at("/login/first").asText());
    assertEquals("accepted", first.at("/login/result").asText());
    assertEquals(token.keyId(), first.at("/login/by/id").asText());

    try (Connection connection = TestDatabaseAccess.asApp();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select set_config('meshguard.tenant', '" + tenant.orgId() + "', true)");
      statement.execute(
          "update api_keys set last_used_at = last_used_at - interval '1 day' where id = '"
              + token.keyId()
              + "'");
      connection.commit();
    }
    settle(tenant);

    List<JsonNode> all = logins(tenant, 2);
    assertEquals(2, all.size());
    assertEquals("day", all.get(1).at("/login/first").asText());
  }

  @Test
  void recordsARefusedTokenOfAKnownTenantAndNotEachTime() {
    TestTenant tenant = TestTenant.signUp();
    var made =
        tenant
            .post("/admin/keys", Map.of("kind", "admin", "permissions", List.of("agents:read")))
            .jsonPath();
    tenant.delete("/admin/keys/" + made.getString("id")).then().statusCode(200);
    for (int i = 0; i < 30; i++) {
      refused(made.getString("key"));
      refused(ApiKey.generate(ApiKey.Kind.ADMIN_TOKEN, new TenantId(tenant.orgId())).text());
    }
    settle(tenant);

    List<JsonNode> refusals =
        logins(tenant, 3).stream()
            .filter(record -> record.at("/login/result").asText().equals("refused"))
            .toList();

    assertEquals(2, refusals.size(), refusals.toString());
    assertEquals("revoked", refusals.get(0).at("/login/reason").asText());
    assertEquals(made.getString("id"), refusals.get(0).at("/login/by/id").asText());
    assertEquals("unknown_token", refusals.get(1).at("/login/reason").asText());
    assertFalse(refusals.get(1).at("/login/by").has("id"));
    assertEquals(1, refusals.get(1).at("/login/count").asInt());
  }
}
