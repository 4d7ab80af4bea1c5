package app.meshguard.local.demo;

import java.util.HashMap;
import java.util.Map;

/** Request headers: the credentials of the three kinds of caller. */
final class Headers {
  private Headers() {}

  static Map<String, String> and(Map<String, String> headers, String name, String value) {
    var more = new HashMap<>(headers);
    more.put(name, value);
    return Map.copyOf(more);
  }

  static Map<String, String> agentToken(String token) {
    return Map.of("Authorization", "Bearer " + token);
  }

  static Map<String, String> apiKey(String key, String agent) {
    return Map.of("X-MeshGuard-API-Key", key, "X-MeshGuard-Agent", agent);
  }

  static Map<String, String> adminToken(String token) {
    return Map.of("X-Admin-Token", token);
  }
}
