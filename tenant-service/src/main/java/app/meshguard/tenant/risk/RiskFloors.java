package app.meshguard.tenant.risk;

import app.meshguard.tenant.platform.Json;
import app.meshguard.wire.bundle.DirectorySection.FloorEntry;
import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The floors that a tenant set, by risk level, and the two columns that hold them: {@code
 * risk_floors}, and {@code medium_risk_per_minute}, which the release before this one reads and
 * writes alone.
 */
public record RiskFloors(Map<String, FloorEntry> set) {
  public static final String MEDIUM = "medium";

  /** What {@code medium} allows where the tenant set nothing: the engine's default. */
  public static final int MEDIUM_PER_MINUTE = 600;

  private static final TypeReference<TreeMap<String, FloorEntry>> FLOORS = new TypeReference<>() {};

  public RiskFloors {
    set = Map.copyOf(set);
  }

  /** What the columns hold. A limit that the release before this one set counts too. */
  public static RiskFloors stored(String riskFloors, int mediumRiskPerMinute) {
    Map<String, FloorEntry> set = Json.read(riskFloors, FLOORS);
    if (!set.containsKey(MEDIUM) && mediumRiskPerMinute != MEDIUM_PER_MINUTE) {
      set.put(MEDIUM, new FloorEntry(mediumRiskPerMinute, List.of(), List.of(), false));
    }
    return new RiskFloors(set);
  }

  /** The column {@code risk_floors}. */
  public String column() {
    return Json.write(new TreeMap<>(set));
  }

  /** The column {@code medium_risk_per_minute}, which cannot say that there is no limit. */
  public int mediumColumn() {
    Integer limit = mediumPerMinute();
    return limit == null ? MEDIUM_PER_MINUTE : limit;
  }

  /**
   * The calls a minute of the level {@code medium}; null when the tenant set that there is none.
   */
  public @Nullable Integer mediumPerMinute() {
    FloorEntry medium = set.get(MEDIUM);
    return medium == null ? (Integer) MEDIUM_PER_MINUTE : medium.callsPerMinute();
  }

  /** These floors with another limit at {@code medium}, the rest of it as it is. */
  public RiskFloors withMediumPerMinute(int limit) {
    FloorEntry medium = set.getOrDefault(MEDIUM, new FloorEntry(null, List.of(), List.of(), false));
    Map<String, FloorEntry> changed = new TreeMap<>(set);
    changed.put(
        MEDIUM,
        new FloorEntry(
            limit, medium.requireApproval(), medium.except(), medium.exactRuleSuffices()));
    return new RiskFloors(changed);
  }
}
