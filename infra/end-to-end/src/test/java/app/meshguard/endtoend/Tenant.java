package app.meshguard.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A customer of a running stack: what its sign-up answered, and the calls it makes. */
record Tenant(
    String base, String id, String apiKey, String adminToken, String agentId, String agentToken) {

  static Tenant signUp(String base) {
    ObjectNode form = Http.JSON.createObjectNode();
    String name = "Shop " + UUID.randomUUID();
    form.put("name", name);
    form.put("email", "owner@example.com");
    form.put("agentName", "first-agent");
    Answer answer = Http.json("POST", base + "/signup", form.toString());
    assertEquals(201, answer.status(), () -> "sign-up: " + answer);
    return new Tenant(
        base,
        answer.text("orgId"),
        answer.text("apiKey"),
        answer.text("adminToken"),
        answer.body().path("agent").path("id").asText(),
        answer.body().path("agent").path("token").asText());
  }

  Answer admin(String method, String path, String body) {
    return Http.json(method, base + path, body, "X-Admin-Token", adminToken);
  }

  /** Applies policies and waits, as every management write does, until the replicas have them. */
  void apply(String yaml) {
    Answer answer =
        Http.call(
            "POST",
            base + "/admin/policies",
            "application/yaml",
            yaml,
            "X-Admin-Token",
            adminToken);
    assertTrue(answer.status() < 300, () -> "apply: " + answer);
  }

  /** Creates an agent and answers its id and token. */
  JsonNode createAgent(String name, String... tags) {
    ObjectNode agent = Http.JSON.createObjectNode();
    agent.put("name", name);
    for (String tag : tags) {
      agent.withArray("tags").add(tag);
    }
    Answer answer = admin("POST", "/admin/agents", agent.toString());
    assertEquals(201, answer.status(), () -> "create agent: " + answer);
    return answer.body();
  }

  Answer check(String action) {
    return check(base, agentToken, action, "{}");
  }

  /**
   * Asks a replica, or the front.
   *
   * @param context JSON object
   */
  static Answer check(String base, String token, String action, String context) {
    return Http.json(
        "POST",
        base + "/v1/check",
        "{\"action\":\"%s\",\"context\":%s}".formatted(action, context),
        "Authorization",
        "Bearer " + token);
  }

  /** Every entry of the tenant's audit log, newest first, page by page. */
  List<JsonNode> auditLog() {
    List<JsonNode> entries = new ArrayList<>();
    String next = "";
    do {
      String cursor =
          next.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
      Answer page = admin("GET", "/admin/audit?limit=500" + cursor, "");
      assertEquals(200, page.status(), () -> "audit: " + page);
      page.body().path("entries").forEach(entries::add);
      next = page.body().path("next").isNull() ? "" : page.text("next");
    } while (!next.isEmpty());
    return entries;
  }
}
