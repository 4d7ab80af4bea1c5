package app.meshguard.policy;

import app.meshguard.policy.pattern.ActionPattern;
import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a tenant sets around its policies.
 *
 * @param timezone for policies that name none
 * @param ceilings patterns of what a tier may do at most; a tier that is not in it has no ceiling
 * @param floors what a risk level asks for; a level that is not in it has the floor of {@link
 *     #DEFAULT}
 */
public record TenantRules(
    ZoneId timezone, Map<TrustTier, List<String>> ceilings, Map<RiskLevel, RiskFloor> floors) {
  private static final Map<RiskLevel, RiskFloor> USUAL_FLOORS =
      Map.of(
          RiskLevel.LOW,
          RiskFloor.NONE,
          RiskLevel.MEDIUM,
          new RiskFloor(600, List.of(), List.of(), false),
          RiskLevel.HIGH,
          new RiskFloor(null, List.of("*"), List.of("read:*"), true),
          RiskLevel.CRITICAL,
          new RiskFloor(null, List.of("*"), List.of(), false));

  public static final TenantRules DEFAULT =
      new TenantRules(
          ZoneOffset.UTC,
          Map.of(TrustTier.UNTRUSTED, List.of(), TrustTier.BASIC, List.of("read:*")),
          USUAL_FLOORS);

  public TenantRules {
    Map<RiskLevel, RiskFloor> all = new EnumMap<>(USUAL_FLOORS);
    all.putAll(floors);
    floors = Map.copyOf(all);
    ceilings = Map.copyOf(ceilings);
    ceilings.values().forEach(patterns -> patterns.forEach(ActionPattern::check));
  }

  /**
   * From what is stored of them. A tier or level of another release is left out, and a zone that is
   * none is UTC: what cannot be read must not keep the policies from being in force.
   */
  public static TenantRules read(
      String timezone, Map<String, List<String>> ceilings, Map<String, RiskFloor> floors) {
    Map<TrustTier, List<String>> byTier = new EnumMap<>(DEFAULT.ceilings());
    ceilings.forEach(
        (tier, patterns) -> TrustTier.parse(tier).ifPresent(known -> byTier.put(known, patterns)));
    Map<RiskLevel, RiskFloor> byLevel = new EnumMap<>(RiskLevel.class);
    floors.forEach(
        (level, floor) -> RiskLevel.parse(level).ifPresent(known -> byLevel.put(known, floor)));
    return new TenantRules(zone(timezone), byTier, byLevel);
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }

  /** The floor of a level. */
  public RiskFloor floor(RiskLevel level) {
    return floors.getOrDefault(level, RiskFloor.NONE);
  }
}
