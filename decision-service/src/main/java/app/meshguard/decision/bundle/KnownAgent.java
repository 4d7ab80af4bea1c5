package app.meshguard.decision.bundle;

import app.meshguard.decision.json.JsonText;
import app.meshguard.policy.Agent;
import app.meshguard.policy.value.JsonValues;
import app.meshguard.policy.value.Redaction;
import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import app.meshguard.wire.bundle.DirectorySection.AgentEntry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An agent as the registry has it.
 *
 * @param forPolicies the same as policies see it
 * @param recorded its part of each record, written once
 * @param mentioned id and name alone, for records of outcomes
 */
public record KnownAgent(AgentEntry entry, Agent forPolicies, byte[] recorded, byte[] mentioned) {

  static KnownAgent of(AgentEntry entry) {
    return new KnownAgent(entry, forPolicies(entry), recorded(entry), mentioned(entry));
  }

  public String id() {
    return entry.id();
  }

  public String name() {
    return entry.name();
  }

  public boolean isRevoked() {
    return entry.status().equals("revoked");
  }

  public boolean isExpiredAt(long millis) {
    Long end = entry.expiresAt();
    return end != null && millis >= end;
  }

  private static Agent forPolicies(AgentEntry entry) {
    // What is not known is not trusted: a tier of a later release counts as none.
    TrustTier tier = TrustTier.parse(entry.trustTier()).orElse(TrustTier.UNTRUSTED);
    return new Agent(
        entry.id(),
        entry.name(),
        tier,
        riskLevel(entry.riskLevel()),
        Set.copyOf(entry.tags()),
        Set.copyOf(entry.roles()),
        entry.owner(),
        entry.department(),
        JsonValues.seen(entry.metadata()),
        entry.status().equals("suspended"));
  }

  private static @Nullable RiskLevel riskLevel(@Nullable String text) {
    return text == null ? null : RiskLevel.parse(text).orElse(RiskLevel.CRITICAL);
  }

  private static byte[] recorded(AgentEntry entry) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("department", entry.department());
    json.put("id", entry.id());
    json.put("metadata", Redaction.of(JsonValues.seen(entry.metadata())));
    json.put("name", entry.name());
    json.put("owner", entry.owner());
    json.put("riskLevel", entry.riskLevel());
    json.put("roles", entry.roles());
    json.put("tags", entry.tags());
    json.put("trustTier", entry.trustTier());
    return new JsonText().value(json).toBytes();
  }

  private static byte[] mentioned(AgentEntry entry) {
    return new JsonText().value(Map.of("id", entry.id(), "name", entry.name())).toBytes();
  }
}
