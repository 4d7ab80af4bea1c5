package app.meshguard.policy.document;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads what an agent may hand on. */
final class DelegationReader {
  private static final int USUAL_DEPTH = 1;
  private static final int MAX_DEPTH = 32;

  private final Problems problems;

  DelegationReader(Problems problems) {
    this.problems = problems;
  }

  @Nullable Delegation read(@Nullable Node node) {
    if (node == null) {
      return null;
    }
    YamlMap map =
        YamlMap.of(
            node, problems, "delegation", List.of("maxDepth", "permissionCeiling", "to", "notTo"));
    Long depth = map.wholeNumber("maxDepth", 0, MAX_DEPTH);
    return new Delegation(
        depth == null ? USUAL_DEPTH : Math.toIntExact(depth),
        NamedAction.list(map, "permissionCeiling", "", problems).stream()
            .map(NamedAction::name)
            .toList(),
        delegates(map, "to"),
        delegates(map, "notTo"));
  }

  private List<String> delegates(YamlMap map, String key) {
    List<String> delegates = map.texts(key);
    Node node = map.get(key);
    for (String delegate : delegates) {
      if (node != null && delegate.startsWith("tag:") && delegate.substring(4).isBlank()) {
        problems.error(node, "'tag:' names no tag; write one behind it, like tag:billing");
      }
    }
    return delegates;
  }
}
