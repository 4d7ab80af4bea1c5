package app.meshguard.policy.document;

import app.meshguard.policy.value.NearestName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Tells which of the three shapes a document has, and has it read to the one model. */
final class DocumentReader {
  private static final List<String> SHAPES = List.of("rules", "access", "guardrails");

  private final Problems problems;

  DocumentReader(Problems problems) {
    this.problems = problems;
  }

  /** The document; null when it has errors. */
  @Nullable PolicyDocument read(Node root, String text) {
    if (!(root instanceof MappingNode mapping)) {
      problems.error(root, "a policy is a map; start it with name: and rules:");
      return null;
    }
    Set<String> keys = keys(mapping);
    long shapes = SHAPES.stream().filter(keys::contains).count();
    if (shapes > 1) {
      problems.error(
          root,
          "a document has rules, access or guardrails, and not several of them; put a line of ---"
              + " between two documents");
      return null;
    }
    return switch (shape(keys)) {
      case "access" -> new AccessProfileReader(problems).read(root, text);
      case "guardrails" -> new GuardrailsReader(problems).read(root, text);
      default -> new PolicyReader(problems).read(root, text);
    };
  }

  private static Set<String> keys(MappingNode root) {
    Set<String> keys = new LinkedHashSet<>();
    for (NodeTuple entry : root.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key) {
        keys.add(key.getValue());
      }
    }
    return keys;
  }

  /** By the key that only this shape has, or else by one that was probably meant to be it. */
  private static String shape(Set<String> keys) {
    for (String shape : SHAPES) {
      if (keys.contains(shape)) {
        return shape;
      }
    }
    if (keys.contains("extends") || keys.contains("humanInTheLoop") || keys.size() > 100) {
      return "rules";
    }
    if (keys.contains("agent") || keys.contains("role")) {
      return "access";
    }
    for (String key : keys) {
      String nearest = NearestName.among(key, SHAPES);
      if (nearest != null) {
        return nearest;
      }
    }
    return "rules";
  }
}
