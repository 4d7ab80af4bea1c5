package app.meshguard.local.demo;

import app.meshguard.local.demo.DemoTenant.DemoAgent;
import app.meshguard.local.demo.Gateway.Answer;
import java.util.HashMap;
import java.util.Map;

/**
 * An agent at work: which tenant it belongs to, where it calls, and with which credential.
 *
 * @param name as the table shows it
 */
record Caller(DemoTenant tenant, String name, Gateway gateway, Map<String, String> credential) {

  static Caller withToken(DemoTenant tenant, Gateway gateway, DemoAgent agent) {
    return new Caller(tenant, agent.name(), gateway, Headers.agentToken(agent.token()));
  }

  /** The same agent, called for by a backend that runs several. */
  static Caller withApiKey(DemoTenant tenant, Gateway gateway, DemoAgent agent, String apiKey) {
    return new Caller(tenant, agent.name(), gateway, Headers.apiKey(apiKey, agent.name()));
  }

  Answer check(String action, Map<String, Object> context, String traceId) {
    return gateway.json(
        "POST",
        "/v1/check",
        credential,
        Map.of("action", action, "context", context, "traceId", traceId));
  }

  Answer proxyCheck(String action, Map<String, Object> context, String traceId) {
    var headers = new HashMap<>(credential);
    headers.put("X-MeshGuard-Action", action);
    headers.put("X-MeshGuard-Trace-ID", traceId);
    return gateway.json("POST", "/proxy/check", headers, Map.of("context", context));
  }
}
