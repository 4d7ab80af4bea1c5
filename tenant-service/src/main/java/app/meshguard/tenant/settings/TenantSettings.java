package app.meshguard.tenant.settings;

import app.meshguard.policy.pattern.ActionPattern;
import app.meshguard.policy.value.TrustTier;
import app.meshguard.tenant.platform.RequestObject;
import app.meshguard.tenant.platform.RequestValue;
import app.meshguard.tenant.risk.RiskFloors;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a tenant may set for itself. */
record TenantSettings(
    String name,
    String timezone,
    String mode,
    int maxStalenessSeconds,
    Map<String, List<String>> tierCeilings,
    RiskFloors riskFloors,
    AuditSettings audit) {
  private static final int STALENESS_LEAST = 5;
  private static final int STALENESS_MOST = 86_400;
  private static final int MOST_PATTERNS = 100;

  TenantSettings {
    tierCeilings = Map.copyOf(tierCeilings);
  }

  /** These settings with what the request says otherwise. */
  TenantSettings patched(RequestObject json, String plan, RetentionConfig retention) {
    String newMode = json.choice("mode", List.of("enforce", "audit"));
    Integer staleness = json.number("maxStalenessSeconds", STALENESS_LEAST, STALENESS_MOST);
    return new TenantSettings(
        json.has("name") ? json.requiredText("name", 128) : name,
        json.has("timezone") ? zone(json) : timezone,
        newMode == null ? mode : newMode,
        staleness == null ? maxStalenessSeconds : staleness,
        json.has("tierCeilings") ? ceilings(json) : tierCeilings,
        floors(json),
        audit.patched(json, plan, retention));
  }

  /** Whether replicas would decide the same: what is kept, and how long, is not theirs. */
  boolean decidesAs(TenantSettings other) {
    return equals(
        new TenantSettings(
            other.name,
            other.timezone,
            other.mode,
            other.maxStalenessSeconds,
            other.tierCeilings,
            other.riskFloors,
            audit));
  }

  private RiskFloors floors(RequestObject json) {
    RiskFloors floors = json.has("riskFloors") ? FloorRequests.read(json) : riskFloors;
    Integer medium = json.number("mediumRiskPerMinute", 1, FloorRequests.MOST_CALLS);
    return medium == null ? floors : floors.withMediumPerMinute(medium);
  }

  private static String zone(RequestObject json) {
    String zone = json.requiredText("timezone", 64);
    if (!zone.isEmpty() && !ZoneId.getAvailableZoneIds().contains(zone)) {
      json.fault("timezone", "is not an IANA time zone, such as Europe/Berlin");
    }
    return zone;
  }

  private static Map<String, List<String>> ceilings(RequestObject json) {
    Map<String, List<String>> ceilings = new TreeMap<>();
    json.entries("tierCeilings", 20).forEach((tier, value) -> ceiling(tier, value, ceilings));
    return ceilings;
  }

  private static void ceiling(String tier, RequestValue value, Map<String, List<String>> ceilings) {
    Optional<TrustTier> known = TrustTier.parse(tier);
    List<String> patterns = value.texts();
    if (known.isEmpty()) {
      value.fault().accept("is not one of untrusted, basic, verified, trusted, privileged");
    } else if (patterns == null || patterns.size() > MOST_PATTERNS) {
      value.fault().accept("must be a list of at most " + MOST_PATTERNS + " action patterns");
    } else if (ceilings.putIfAbsent(known.get().text(), List.copyOf(patterns)) != null) {
      value.fault().accept("is the tier " + known.get().text() + ", which stands here already");
    } else {
      for (String pattern : patterns) {
        String problem = ActionPattern.problemOf(pattern);
        if (problem != null) {
          value.fault().accept(problem);
        }
      }
    }
  }
}
