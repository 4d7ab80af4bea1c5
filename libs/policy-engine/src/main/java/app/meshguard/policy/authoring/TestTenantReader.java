package app.meshguard.policy.authoring;

import app.meshguard.policy.RiskFloor;
import app.meshguard.policy.TenantRules;
import app.meshguard.policy.document.Problems;
import app.meshguard.policy.document.YamlMap;
import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads what a test file sets around its policies, as a tenant would. */
final class TestTenantReader {
  private static final List<String> KEYS =
      List.of("timezone", "ceilings", "riskFloors", "mediumRiskPerMinute");
  private static final List<String> LEVELS =
      Arrays.stream(RiskLevel.values()).map(RiskLevel::text).toList();
  private static final List<String> FLOOR_KEYS =
      List.of("callsPerMinute", "requireApproval", "except", "exactRuleSuffices");
  private static final List<String> TIERS =
      Arrays.stream(TrustTier.values()).map(TrustTier::text).toList();

  private final Problems problems;

  TestTenantReader(Problems problems) {
    this.problems = problems;
  }

  TenantRules read(Node node) {
    YamlMap map = YamlMap.of(node, problems, "tenant", KEYS);
    try {
      return new TenantRules(timezone(map), ceilings(map), floors(map));
    } catch (IllegalArgumentException e) {
      problems.error(node, String.valueOf(e.getMessage()));
      return TenantRules.DEFAULT;
    }
  }

  /** Each level that is named gets its floor; the others keep the usual one. */
  private Map<RiskLevel, RiskFloor> floors(YamlMap map) {
    Map<RiskLevel, RiskFloor> floors = new EnumMap<>(RiskLevel.class);
    Long perMinute = map.wholeNumber("mediumRiskPerMinute", 1, RiskFloor.MOST_CALLS);
    if (perMinute != null) {
      floors.put(
          RiskLevel.MEDIUM, new RiskFloor(Math.toIntExact(perMinute), List.of(), List.of(), false));
    }
    Node node = map.get("riskFloors");
    if (node != null) {
      YamlMap levels = YamlMap.of(node, problems, "riskFloors", LEVELS);
      for (RiskLevel level : RiskLevel.values()) {
        Node floor = levels.get(level.text());
        if (floor != null) {
          floors.put(level, floor(YamlMap.of(floor, problems, "a risk floor", FLOOR_KEYS)));
        }
      }
    }
    return floors;
  }

  private static RiskFloor floor(YamlMap map) {
    Long calls = map.wholeNumber("callsPerMinute", 1, RiskFloor.MOST_CALLS);
    return new RiskFloor(
        calls == null ? null : Math.toIntExact(calls),
        map.texts("requireApproval"),
        map.texts("except"),
        map.truth("exactRuleSuffices"));
  }

  private ZoneId timezone(YamlMap map) {
    String written = map.text("timezone");
    Node node = map.get("timezone");
    if (written == null || node == null) {
      return TenantRules.DEFAULT.timezone();
    }
    try {
      return ZoneId.of(written);
    } catch (DateTimeException e) {
      problems.error(
          node, "'" + written + "' is no time zone; use an IANA name such as Europe/Berlin or UTC");
      return TenantRules.DEFAULT.timezone();
    }
  }

  /** Each tier that is named gets the patterns; the others keep what they have by default. */
  private Map<TrustTier, List<String>> ceilings(YamlMap map) {
    Map<TrustTier, List<String>> ceilings = new LinkedHashMap<>(TenantRules.DEFAULT.ceilings());
    Node node = map.get("ceilings");
    if (node instanceof MappingNode mapping) {
      YamlMap tiers = YamlMap.of(mapping, problems, "ceilings", TIERS);
      for (NodeTuple entry : mapping.getValue()) {
        String tier = entry.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
        boolean nothing = YamlMap.items(entry.getValueNode()).isEmpty();
        TrustTier.parse(tier)
            .ifPresent(known -> ceilings.put(known, nothing ? List.of() : tiers.texts(tier)));
      }
    } else if (node != null) {
      problems.error(node, "ceilings must be a map of tiers, like {basic: [read:*]}");
    }
    return ceilings;
  }
}
