package app.meshguard.chaos.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** A customer of a running stack: what its sign-up answered, and the calls it makes. */
public record Tenant(
    String base, String id, String apiKey, String adminToken, String agentId, String agentToken) {

  public static Tenant signUp(String base) {
    ObjectNode form = Http.JSON.createObjectNode();
    String name = "Shop " + UUID.randomUUID();
    form.put("name", name);
    form.put("email", "owner@example.com");
    form.put("agentName", "first-agent");
    Answer answer = Http.json("POST", base + "/signup", form.toString());
    expect(answer.status() == 201, "sign-up", answer);
    return new Tenant(
        base,
        answer.text("orgId"),
        answer.text("apiKey"),
        answer.text("adminToken"),
        answer.body().path("agent").path("id").asText(),
        answer.body().path("agent").path("token").asText());
  }

  public Answer admin(String method, String path, String body) {
    return Http.json(method, base + path, body, "X-Admin-Token", adminToken);
  }

  /** Applies policies and waits, as every management write does, until the replicas have them. */
  public void apply(String yaml) {
    Answer answer =
        Http.call(
            "POST",
            base + "/admin/policies",
            "application/yaml",
            yaml,
            "X-Admin-Token",
            adminToken);
    expect(answer.status() < 300, "apply", answer);
  }

  /** Creates an agent and answers its id and token. */
  public JsonNode createAgent(String name, String... tags) {
    ObjectNode agent = Http.JSON.createObjectNode();
    agent.put("name", name);
    for (String tag : tags) {
      agent.withArray("tags").add(tag);
    }
    Answer answer = admin("POST", "/admin/agents", agent.toString());
    expect(answer.status() == 201, "create agent", answer);
    return answer.body();
  }

  public Answer check(String action) {
    return check(base, agentToken, action, "{}");
  }

  /**
   * Asks a replica, or the front.
   *
   * @param context JSON object
   */
  public static Answer check(String base, String token, String action, String context) {
    return Http.json(
        "POST",
        base + "/v1/check",
        "{\"action\":\"%s\",\"context\":%s}".formatted(action, context),
        "Authorization",
        "Bearer " + token);
  }

  /** Every entry of the tenant's audit log, newest first. */
  public List<JsonNode> auditLog() {
    List<JsonNode> entries = new ArrayList<>();
    eachEntry(entries::add);
    return entries;
  }

  /** Shows every entry of the tenant's audit log, newest first, read page by page. */
  public void eachEntry(Consumer<JsonNode> reader) {
    String next = "";
    do {
      String cursor =
          next.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
      Answer page = admin("GET", "/admin/audit?limit=500" + cursor, "");
      expect(page.status() == 200, "audit", page);
      page.body().path("entries").forEach(reader);
      next = page.body().path("next").isNull() ? "" : page.text("next");
    } while (!next.isEmpty());
  }

  private static void expect(boolean right, String what, Answer answer) {
    if (!right) {
      throw new IllegalStateException(what + ": " + answer);
    }
  }
}
