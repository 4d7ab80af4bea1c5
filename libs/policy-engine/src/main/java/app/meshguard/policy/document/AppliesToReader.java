package app.meshguard.policy.document;

import app.meshguard.policy.value.NearestName;
import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads which agents a document is for. */
final class AppliesToReader {
  private static final List<String> TIERS =
      Arrays.stream(TrustTier.values()).map(TrustTier::text).toList();
  private static final List<String> LEVELS =
      Arrays.stream(RiskLevel.values()).map(RiskLevel::text).toList();

  private final Problems problems;

  AppliesToReader(Problems problems) {
    this.problems = problems;
  }

  AppliesTo read(@Nullable Node node) {
    if (node == null) {
      return AppliesTo.EVERY_AGENT;
    }
    YamlMap map =
        YamlMap.of(
            node,
            problems,
            "appliesTo",
            List.of("agentIds", "roles", "trustTiers", "riskLevels", "tags", "allTags"));
    return new AppliesTo(
        texts(map, "agentIds"),
        texts(map, "roles"),
        each(map, "trustTiers", TrustTier::parse, TIERS),
        each(map, "riskLevels", RiskLevel::parse, LEVELS),
        texts(map, "tags"),
        texts(map, "allTags"));
  }

  private static @Nullable Set<String> texts(YamlMap map, String key) {
    return map.has(key) ? Set.copyOf(new HashSet<>(map.texts(key))) : null;
  }

  private <T> @Nullable Set<T> each(
      YamlMap map, String key, Function<String, Optional<T>> parser, List<String> known) {
    Node node = map.get(key);
    if (node == null) {
      return null;
    }
    Set<T> found = new HashSet<>();
    map.texts(key);
    for (Node item : YamlMap.items(node)) {
      if (problems.isFull()) {
        break;
      }
      if (item instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
        String text = scalar.getValue();
        parser
            .apply(text)
            .ifPresentOrElse(
                found::add,
                () ->
                    problems.error(
                        item,
                        "'"
                            + PolicyProblem.shown(text)
                            + "' is not one of the "
                            + key
                            + NearestName.hint(text, known)));
      }
    }
    return Set.copyOf(found);
  }
}
