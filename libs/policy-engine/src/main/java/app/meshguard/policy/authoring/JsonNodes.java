package app.meshguard.policy.authoring;

import app.meshguard.policy.document.Problems;
import app.meshguard.policy.document.Scalars;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads nodes as the values that JSON would have. */
final class JsonNodes {
  private final Problems problems;

  JsonNodes(Problems problems) {
    this.problems = problems;
  }

  Object value(Node node) {
    return switch (node) {
      case MappingNode mapping -> map(mapping);
      case SequenceNode sequence -> sequence.getValue().stream().map(this::value).toList();
      case ScalarNode scalar -> Scalars.valueOf(scalar);
      default -> {
        problems.error(node, "a plain value, a list or a map is needed here");
        yield "";
      }
    };
  }

  /** The map at a key; anything else is an error and reads as an empty one. */
  Map<String, Object> object(Node node, String key) {
    if (node instanceof MappingNode mapping) {
      return map(mapping);
    }
    problems.error(node, "'" + key + "' must be a map, like {amount: 50}");
    return Map.of();
  }

  List<Object> list(Node node, String key) {
    if (node instanceof SequenceNode sequence) {
      List<Object> list = new ArrayList<>();
      sequence.getValue().forEach(item -> list.add(value(item)));
      return list;
    }
    problems.error(node, "'" + key + "' must be a list, like [a, b]");
    return List.of();
  }

  private Map<String, Object> map(MappingNode mapping) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        problems.error(entry.getKeyNode(), "a key must be a plain name");
      } else if (map.putIfAbsent(key.getValue(), value(entry.getValueNode())) != null) {
        problems.error(
            key, "the key '" + key.getValue() + "' stands here twice; keep one of the two");
      }
    }
    return map;
  }
}
