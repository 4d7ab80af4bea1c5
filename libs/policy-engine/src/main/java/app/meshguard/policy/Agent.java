package app.meshguard.policy;

import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who calls, as the tenant's directory knows it. Metadata values are JSON values. */
public record Agent(
    String id,
    String name,
    TrustTier trustTier,
    @Nullable RiskLevel riskLevel,
    Set<String> tags,
    Set<String> roles,
    @Nullable String owner,
    @Nullable String department,
    Map<String, Object> metadata,
    boolean suspended) {
  /** The built-in names of {@code agent.*}: refused as metadata keys, since they win. */
  public static final Set<String> RESERVED_KEYS =
      Set.of(
          "id",
          "name",
          "trust_tier",
          "risk_level",
          "tags",
          "roles",
          "department",
          "owner",
          "trustTier",
          "riskLevel");

  public Agent {
    tags = Set.copyOf(tags);
    roles = Set.copyOf(roles);
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** What conditions see as {@code agent.*}. */
  Map<String, Object> attributes() {
    Map<String, Object> attributes = new LinkedHashMap<>(metadata);
    attributes.keySet().removeAll(RESERVED_KEYS);
    attributes.put("id", id);
    attributes.put("name", name);
    attributes.put("trust_tier", trustTier.text());
    if (riskLevel != null) {
      attributes.put("risk_level", riskLevel.text());
    }
    attributes.put("tags", sorted(tags));
    attributes.put("roles", sorted(roles));
    if (department != null) {
      attributes.put("department", department);
    }
    if (owner != null) {
      attributes.put("owner", owner);
    }
    return Map.copyOf(withoutNulls(attributes));
  }

  private static Map<String, Object> withoutNulls(Map<String, Object> attributes) {
    attributes.values().removeIf(value -> value == null);
    return attributes;
  }

  private static List<Object> sorted(Set<String> texts) {
    List<String> sorted = new ArrayList<>(texts);
    Collections.sort(sorted);
    return List.copyOf(sorted);
  }
}
