package app.meshguard.policy.authoring;

import app.meshguard.policy.TenantRules;
import app.meshguard.policy.document.Problems;
import app.meshguard.policy.document.YamlMap;
import app.meshguard.policy.value.TrustTier;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads what a test file sets around its policies, as a tenant would. */
final class TestTenantReader {
  private static final List<String> KEYS = List.of("timezone", "ceilings", "mediumRiskPerMinute");
  private static final List<String> TIERS =
      Arrays.stream(TrustTier.values()).map(TrustTier::text).toList();

  private final Problems problems;

  TestTenantReader(Problems problems) {
    this.problems = problems;
  }

  TenantRules read(Node node) {
    YamlMap map = YamlMap.of(node, problems, "tenant", KEYS);
    Long perMinute = map.wholeNumber("mediumRiskPerMinute", 1, 1_000_000);
    try {
      return new TenantRules(
          timezone(map),
          ceilings(map),
          perMinute == null
              ? TenantRules.DEFAULT.mediumRiskPerMinute()
              : Math.toIntExact(perMinute));
    } catch (IllegalArgumentException e) {
      problems.error(node, String.valueOf(e.getMessage()));
      return TenantRules.DEFAULT;
    }
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
