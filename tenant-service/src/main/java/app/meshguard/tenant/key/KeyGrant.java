package app.meshguard.tenant.key;

import app.meshguard.tenant.platform.Permission;
import app.meshguard.tenant.platform.RequestObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a new key is for. */
record KeyGrant(
    String kind,
    String name,
    @Nullable String agentId,
    List<String> agentTags,
    List<String> permissions,
    @Nullable Instant expiresAt) {
  KeyGrant {
    agentTags = List.copyOf(agentTags);
    permissions = List.copyOf(permissions);
  }

  static KeyGrant read(RequestObject json, Instant now) {
    String asked = json.choice("kind", List.of(KeyRow.AGENT, KeyRow.ADMIN));
    String kind = asked == null ? KeyRow.AGENT : asked;
    String name = json.text("name", 128);
    String agentId = json.text("agentId", 64);
    List<String> agentTags = json.texts("agentTags", 100, 128);
    List<String> permissions = json.texts("permissions", 13, 32);
    Instant expiresAt = json.time("expiresAt");
    if (expiresAt != null && !expiresAt.isAfter(now)) {
      json.fault("expiresAt", "must lie ahead");
    }
    if (kind.equals(KeyRow.ADMIN)) {
      checkAdmin(json, agentId, agentTags, permissions);
    } else {
      checkAgent(json, agentId, agentTags, permissions);
    }
    return new KeyGrant(
        kind, name == null ? kind + " key" : name, agentId, agentTags, permissions, expiresAt);
  }

  private static void checkAdmin(
      RequestObject json,
      @Nullable String agentId,
      List<String> agentTags,
      List<String> permissions) {
    if (agentId != null || !agentTags.isEmpty()) {
      json.fault("agentId", "and agentTags are of agent keys, not of admin tokens");
    }
    if (permissions.isEmpty()) {
      json.fault("permissions", "is required for an admin token");
    }
    for (String permission : permissions) {
      if (!Permission.all().contains(permission)) {
        json.fault(
            "permissions",
            "\"" + permission + "\" is not one of " + String.join(", ", Permission.all()));
      }
    }
  }

  private static void checkAgent(
      RequestObject json,
      @Nullable String agentId,
      List<String> agentTags,
      List<String> permissions) {
    if (!permissions.isEmpty()) {
      json.fault("permissions", "are of admin tokens (kind admin); policies govern agents");
    }
    if (agentId == null && agentTags.isEmpty()) {
      json.fault(
          "agentId", "is required, or agentTags: the tags of the agents that the key may act for");
    }
    if (agentId != null && !agentTags.isEmpty()) {
      json.fault("agentTags", "cannot stand beside agentId: a key is bound to one agent, or not");
    }
  }
}
