package app.meshguard.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One of the demo's tenants: what its administrator does over the public API. */
final class DemoTenant {
  private final Gateway gateway;
  private final Map<String, String> admin;

  /** An agent of the tenant and the token it was given. */
  record DemoAgent(String id, String name, String token) {}

  private DemoTenant(Gateway gateway, String adminToken) {
    this.gateway = gateway;
    this.admin = Headers.adminToken(adminToken);
  }

  /** Signs up a new tenant; the agent that comes with it has no tags, so no policy governs it. */
  static DemoTenant signUp(Gateway gateway, String name, String email) {
    var answer =
        gateway
            .json(
                "POST",
                "/signup",
                Map.of(),
                Map.of("name", name, "email", email, "agentName", "first-agent"))
            .succeeded();
    return new DemoTenant(gateway, answer.text("adminToken"));
  }

  void apply(String policyDocument) {
    gateway.yaml("/admin/policies", admin, policyDocument).succeeded();
  }

  DemoAgent create(String agentName, Map<String, Object> attributes) {
    var body = new HashMap<String, Object>(attributes);
    body.put("name", agentName);
    var answer = gateway.json("POST", "/admin/agents", admin, body).succeeded();
    return new DemoAgent(answer.text("id"), agentName, answer.text("token"));
  }

  /** An API key for a backend that runs the agents with this tag. */
  String keyForAgents(String tag) {
    var wanted = Map.of("name", "backend", "agentTags", List.of(tag));
    return gateway.json("POST", "/admin/keys", admin, wanted).succeeded().text("key");
  }

  void revoke(DemoAgent agent) {
    gateway.delete("/admin/agents/" + agent.id(), admin).succeeded();
  }

  /** The newest entries of the tenant's audit log. */
  List<JsonNode> audit() {
    var entries = gateway.get("/admin/audit?limit=500", admin).succeeded().body().path("entries");
    return entries.valueStream().toList();
  }
}
