package app.meshguard.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.chaos.client.Answer;
import app.meshguard.chaos.client.Await;
import app.meshguard.chaos.client.Tenant;
import app.meshguard.chaos.line.Line;
import app.meshguard.local.DecisionReplica;
import app.meshguard.local.Part;
import app.meshguard.local.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A management write holds on both replicas when it is answered. */
class FreshnessIT {
  private static Stack stack;
  private static DecisionReplica second;
  private static List<String> replicas;

  @BeforeAll
  static void startsASecondReplica() {
    stack = SharedStack.get();
    second = stack.addDecisionReplica(Map.of());
    replicas =
        List.of(SharedStack.address(stack.url(Part.DECISION)), SharedStack.address(second.url()));
  }

  @AfterAll
  static void endsIt() {
    second.close();
  }

  @Test
  void aRevokedAgentIsRefusedByBoth() {
    Tenant tenant = readOnlyTenant();
    JsonNode agent = tenant.createAgent("short-lived");
    assertOnBoth(agent.path("token").asText(), 200);
    Answer revoked = tenant.admin("DELETE", "/admin/agents/" + agent.path("id").asText(), "");
    assertPropagated(revoked);
    assertOnBoth(agent.path("token").asText(), 401);
  }

  @Test
  void aRevokedKeyIsRefusedByBoth() {
    Tenant tenant = readOnlyTenant();
    Answer made =
        tenant.admin("POST", "/admin/keys", "{\"agentId\":\"%s\"}".formatted(tenant.agentId()));
    assertTrue(made.status() < 300, made::toString);
    String key = made.body().path("key").asText(made.text("apiKey"));
    assertOnBoth(key, 200);
    assertPropagated(tenant.admin("DELETE", "/admin/keys/" + made.text("id"), ""));
    assertOnBoth(key, 401);
  }

  @Test
  void aNewTokenThatRevokesTheOlderOnesHoldsOnBoth() {
    Tenant tenant = readOnlyTenant();
    Answer renewed =
        tenant.admin(
            "POST", "/admin/agents/" + tenant.agentId() + "/token", "{\"revokeOlder\":true}");
    assertTrue(renewed.status() < 300, renewed::toString);
    assertOnBoth(tenant.agentToken(), 401);
    assertOnBoth(renewed.text("token"), 200);
  }

  @Test
  void aNewAgentAndANewPolicyWorkAtOnceOnBoth() {
    Tenant tenant = Tenant.signUp(SharedStack.base());
    JsonNode agent = tenant.createAgent("fresh", "fresh");
    for (String replica : replicas) {
      assertFalse(ask(replica, agent.path("token").asText()).isAllowed());
    }
    tenant.apply(Policies.READ_ONLY);
    for (String replica : replicas) {
      assertTrue(ask(replica, agent.path("token").asText()).isAllowed(), replica);
    }
  }

  @Test
  void aReplicaCutOffFromTheFeedTellsItsAgeAndRefusesInTheEnd() throws Exception {
    Tenant tenant = readOnlyTenant();
    assertPropagated(tenant.admin("PATCH", "/admin/tenant", "{\"maxStalenessSeconds\":10}"));
    try (Line line = new Line(FreshnessIT::tenantService);
        DecisionReplica far =
            stack.addDecisionReplica(Map.of("meshguard.services.tenant-url", line.address()))) {
      String base = SharedStack.address(far.url());
      assertTrue(ask(base, tenant.agentToken()).isAllowed());
      line.cut();
      Await.until(
          () -> "an answer that tells its age",
          () -> ask(base, tenant.agentToken()).body().path("bundleAgeMs").asLong() > 2_000);
      Await.until(() -> "the refusal", () -> ask(base, tenant.agentToken()).status() == 503);
      assertEquals("data_too_old", ask(base, tenant.agentToken()).problem());
      line.mend();
      Await.until(
          () -> "decisions after the line is mended",
          () -> ask(base, tenant.agentToken()).isAllowed());
    }
  }

  private static InetSocketAddress tenantService() {
    URI service = stack.url(Part.TENANT);
    return new InetSocketAddress(service.getHost(), service.getPort());
  }

  private static Answer ask(String replica, String credential) {
    return Tenant.check(replica, credential, "read:orders", "{}");
  }

  private static void assertOnBoth(String credential, int status) {
    for (String replica : replicas) {
      Answer answer = ask(replica, credential);
      assertEquals(status, answer.status(), () -> replica + ": " + answer);
    }
  }

  private static void assertPropagated(Answer answer) {
    assertTrue(answer.status() < 300, answer::toString);
    assertTrue(answer.body().path("propagated").asBoolean(true), answer::toString);
  }

  private static Tenant readOnlyTenant() {
    Tenant tenant = Tenant.signUp(SharedStack.base());
    tenant.apply(Policies.READ_ONLY);
    return tenant;
  }
}
