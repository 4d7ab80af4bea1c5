package app.meshguard.decision.decide;

import app.meshguard.policy.value.JsonNull;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a case file of the policy engine into the values that JSON would have. */
final class CaseYaml {
  private CaseYaml() {}

  @SuppressWarnings("unchecked")
  static Map<String, Object> read(Path file) throws IOException {
    Node root = new Yaml(new LoaderOptions()).compose(new StringReader(Files.readString(file)));
    return (Map<String, Object>) value(root);
  }

  private static Object value(Node node) {
    return switch (node) {
      case MappingNode mapping -> {
        Map<String, Object> map = new LinkedHashMap<>();
        mapping
            .getValue()
            .forEach(
                e -> map.put(((ScalarNode) e.getKeyNode()).getValue(), value(e.getValueNode())));
        yield map;
      }
      case SequenceNode sequence -> {
        List<Object> list = new ArrayList<>();
        sequence.getValue().forEach(item -> list.add(value(item)));
        yield list;
      }
      case ScalarNode scalar -> scalar(scalar);
      default -> throw new IllegalArgumentException("no value: " + node);
    };
  }

  private static Object scalar(ScalarNode node) {
    String text = node.getValue();
    if (node.getScalarStyle() != ScalarStyle.PLAIN) {
      return text;
    }
    return switch (text) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      case "null" -> JsonNull.NULL;
      default ->
          text.matches("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?") ? new BigDecimal(text) : text;
    };
  }
}
