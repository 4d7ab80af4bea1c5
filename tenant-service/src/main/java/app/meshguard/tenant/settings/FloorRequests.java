package app.meshguard.tenant.settings;

import app.meshguard.policy.pattern.ActionPattern;
import app.meshguard.policy.value.RiskLevel;
import app.meshguard.tenant.platform.RequestObject;
import app.meshguard.tenant.risk.RiskFloors;
import app.meshguard.wire.bundle.DirectorySection.FloorEntry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what a tenant sets as the floors of risk levels. */
final class FloorRequests {
  static final int MOST_CALLS = 1_000_000;
  private static final int MOST_PATTERNS = 100;
  private static final int LONGEST_PATTERN = 512;

  private FloorRequests() {}

  static RiskFloors read(RequestObject json) {
    Map<String, FloorEntry> floors = new TreeMap<>();
    RequestObject levels = json.object("riskFloors");
    if (levels != null) {
      for (RiskLevel level : RiskLevel.values()) {
        RequestObject floor = levels.object(level.text());
        if (floor != null) {
          floors.put(level.text(), floor(floor));
        }
      }
    }
    return new RiskFloors(floors);
  }

  private static FloorEntry floor(RequestObject floor) {
    return new FloorEntry(
        floor.number("callsPerMinute", 1, MOST_CALLS),
        patterns(floor, "requireApproval"),
        patterns(floor, "except"),
        Boolean.TRUE.equals(floor.flag("exactRuleSuffices")));
  }

  private static List<String> patterns(RequestObject floor, String key) {
    List<String> patterns = floor.texts(key, MOST_PATTERNS, LONGEST_PATTERN);
    for (String pattern : patterns) {
      String problem = ActionPattern.problemOf(pattern);
      if (problem != null) {
        floor.fault(key, problem);
      }
    }
    return patterns;
  }
}
