package app.meshguard.policy.document;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads {@code audit} and {@code audit_context}. */
final class AuditReader {
  private static final List<String> LEVELS =
      Arrays.stream(AuditLevel.values()).map(AuditLevel::text).toList();

  private final Problems problems;

  AuditReader(Problems problems) {
    this.problems = problems;
  }

  AuditSettings read(YamlMap map) {
    List<String> context = map.texts("auditContext");
    Node node = map.get("audit");
    if (node == null) {
      return new AuditSettings(null, List.of(), context);
    }
    if (node instanceof ScalarNode scalar) {
      return new AuditSettings(levelAlone(scalar), List.of(), context);
    }
    YamlMap audit = YamlMap.of(node, problems, "audit", List.of("level", "notify"));
    return new AuditSettings(level(audit.oneOf("level", LEVELS)), audit.texts("notify"), context);
  }

  /** {@code audit: true}, or the level as the only word. */
  private @Nullable AuditLevel levelAlone(ScalarNode node) {
    if (Boolean.TRUE.equals(Scalars.valueOf(node))) {
      return null;
    }
    AuditLevel level = level(node.getValue());
    if (level == null) {
      problems.error(
          node,
          "audit must be true, or a map with level and notify; to record nothing is no choice");
    }
    return level;
  }

  private static @Nullable AuditLevel level(@Nullable String written) {
    return written == null || !LEVELS.contains(written)
        ? null
        : AuditLevel.values()[LEVELS.indexOf(written)];
  }
}
