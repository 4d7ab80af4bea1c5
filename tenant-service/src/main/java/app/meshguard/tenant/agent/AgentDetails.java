package app.meshguard.tenant.agent;

import app.meshguard.tenant.platform.RequestObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an admin says of an agent. */
record AgentDetails(
    String name,
    String trustTier,
    @Nullable String riskLevel,
    List<String> tags,
    List<String> roles,
    @Nullable String owner,
    @Nullable String department,
    List<String> capabilities,
    Map<String, Object> metadata,
    @Nullable Instant expiresAt) {

  static final List<String> TIERS =
      List.of("untrusted", "basic", "verified", "trusted", "privileged");
  private static final Set<String> READ_AS_UNTRUSTED =
      Set.of("unverified", "anonymous", "sandboxed", "restricted");
  static final List<String> RISK_LEVELS = List.of("low", "medium", "high", "critical");

  /** What {@code agent.*} means in policies, in both ways of writing: never metadata keys. */
  private static final Set<String> BUILT_IN =
      Set.of(
          "id", "name", "trusttier", "risklevel", "tags", "roles", "department", "owner", "status");

  private static final AgentDetails BLANK =
      new AgentDetails(
          "", "verified", null, List.of(), List.of(), null, null, List.of(), Map.of(), null);

  /** A new agent's details. */
  static AgentDetails read(RequestObject json, Instant now) {
    return BLANK.with(json, now, json.requiredText("name", 128));
  }

  /** These details with what the request says otherwise; null clears what may be absent. */
  AgentDetails patched(RequestObject json, Instant now) {
    return with(json, now, json.has("name") ? json.requiredText("name", 128) : name);
  }

  private AgentDetails with(RequestObject json, Instant now, String newName) {
    return new AgentDetails(
        newName,
        json.has("trustTier") ? tier(json) : trustTier,
        json.has("riskLevel") ? json.choice("riskLevel", RISK_LEVELS) : riskLevel,
        json.has("tags") ? json.texts("tags", 100, 128) : tags,
        json.has("roles") ? json.texts("roles", 100, 128) : roles,
        json.has("owner") ? json.text("owner", 256) : owner,
        json.has("department") ? json.text("department", 128) : department,
        json.has("capabilities") ? json.texts("capabilities", 200, 256) : capabilities,
        json.has("metadata") ? metadata(json) : metadata,
        json.has("expiresAt") ? expiry(json, now) : expiresAt);
  }

  private static String tier(RequestObject json) {
    String text = json.requiredText("trustTier", 32);
    if (READ_AS_UNTRUSTED.contains(text)) {
      return "untrusted";
    }
    if (!text.isEmpty() && !TIERS.contains(text)) {
      json.fault("trustTier", "must be one of " + String.join(", ", TIERS));
    }
    return text;
  }

  private static Map<String, Object> metadata(RequestObject json) {
    Map<String, Object> metadata = json.map("metadata", 16_384);
    if (metadata.size() > 100) {
      json.fault("metadata", "has " + metadata.size() + " keys; 100 is the most");
    }
    for (String key : metadata.keySet()) {
      if (BUILT_IN.contains(key.toLowerCase(Locale.ROOT).replace("_", ""))) {
        json.fault("metadata." + key, "is the name of a built-in attribute; choose another key");
      } else if (!key.matches("[A-Za-z_][0-9A-Za-z_-]{0,63}")) {
        json.fault(
            "metadata",
            "has a key that is not a name: a letter or _, then letters, digits, _ or -, 64 at most");
      }
    }
    return metadata;
  }

  private static @Nullable Instant expiry(RequestObject json, Instant now) {
    Instant expiresAt = json.time("expiresAt");
    if (expiresAt != null && !expiresAt.isAfter(now)) {
      json.fault("expiresAt", "must lie ahead");
    }
    return expiresAt;
  }
}
