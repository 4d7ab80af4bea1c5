package app.meshguard.policy.document;

import app.meshguard.policy.value.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A map of a document with a closed set of keys, each in camelCase or snake_case. */
public final class YamlMap {
  private final Node node;
  private final Problems problems;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Set<String> misspelt = new HashSet<>();

  private YamlMap(Node node, Problems problems) {
    this.node = node;
    this.problems = problems;
  }

  /**
   * Reads the map's keys; unknown and repeated ones are errors. A node that is no map is an error
   * too, and reads as an empty one.
   */
  public static YamlMap of(Node node, Problems problems, String what, Collection<String> known) {
    YamlMap map = new YamlMap(node, problems);
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        if (problems.isFull()) {
          break;
        }
        map.add(entry, known);
      }
    } else {
      problems.error(node, what + " must be a map with keys such as " + String.join(", ", known));
    }
    return map;
  }

  private void add(NodeTuple entry, Collection<String> known) {
    if (!(entry.getKeyNode() instanceof ScalarNode key)) {
      problems.error(entry.getKeyNode(), "a key must be a plain name");
      return;
    }
    String name = camelCase(key.getValue());
    if (known.stream().noneMatch(one -> camelCase(one).equals(name))) {
      String nearest = NearestName.among(key.getValue(), known);
      if (nearest != null) {
        misspelt.add(nearest);
      }
      problems.error(
          key,
          "unknown key '"
              + PolicyProblem.shown(key.getValue())
              + "'"
              + NearestName.hintAt(nearest, known));
    } else if (values.putIfAbsent(name, entry.getValueNode()) != null) {
      problems.error(
          key, "the key '" + key.getValue() + "' stands here twice; keep one of the two");
    }
  }

  /** The one spelling of a key. */
  static String camelCase(String key) {
    String plain = key.equals("agent_match") || key.equals("agentMatch") ? "appliesTo" : key;
    if (plain.indexOf('_') < 0) {
      return plain;
    }
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (c == '_' && i > 0 && i + 1 < plain.length()) {
        name.append(Character.toUpperCase(plain.charAt(++i)));
      } else {
        name.append(c);
      }
    }
    return name.toString();
  }

  public Node node() {
    return node;
  }

  public @Nullable Node get(String key) {
    return values.get(camelCase(key));
  }

  public boolean has(String key) {
    return values.containsKey(camelCase(key));
  }

  /** Whether a key stands neither here nor, as was told already, in another spelling. */
  boolean lacks(String key) {
    return !has(key) && !misspelt.contains(key);
  }

  boolean isEmpty() {
    return values.isEmpty() && misspelt.isEmpty();
  }

  /** A text, or whatever else stands there as one; null when absent or wrong. */
  public @Nullable String text(String key) {
    Node value = get(key);
    return value == null ? null : text(value, key);
  }

  private @Nullable String text(Node value, String key) {
    if (value instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue();
    }
    problems.error(value, "'" + key + "' must be a text that is not empty");
    return null;
  }

  /** A list of texts, or one text as a list of one; empty when absent. */
  public List<String> texts(String key) {
    Node value = get(key);
    List<String> texts = new ArrayList<>();
    if (value != null) {
      for (Node item : items(value)) {
        if (problems.isFull()) {
          break;
        }
        String text = text(item, key);
        if (text != null) {
          texts.add(text);
        }
      }
      if (items(value).isEmpty()) {
        problems.error(value, "'" + key + "' is empty; name something, or leave the key out");
      }
    }
    return texts;
  }

  /** The items of a list, or the node itself as the only one. */
  public static List<Node> items(Node value) {
    return value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
  }

  /** A whole number in a range; null when absent or wrong. */
  public @Nullable Long wholeNumber(String key, long least, long most) {
    Node value = get(key);
    if (value == null) {
      return null;
    }
    if (value instanceof ScalarNode scalar && scalar.getValue().matches("[0-9]{1,12}")) {
      long number = Long.parseLong(scalar.getValue());
      if (number >= least && number <= most) {
        return number;
      }
    }
    problems.error(value, "'" + key + "' must be a whole number from " + least + " to " + most);
    return null;
  }

  /** True or false; false when absent or wrong. */
  public boolean truth(String key) {
    Node value = get(key);
    Object read = value instanceof ScalarNode scalar ? Scalars.valueOf(scalar) : null;
    if (value != null && !(read instanceof Boolean)) {
      problems.error(value, "'" + key + "' must be true or false");
    }
    return Boolean.TRUE.equals(read);
  }

  /** One of the given words; null when absent or wrong. */
  public @Nullable String oneOf(String key, List<String> words) {
    String written = text(key);
    Node value = get(key);
    if (written == null || value == null || words.contains(written)) {
      return written;
    }
    problems.error(value, "'" + written + "' is no " + key + NearestName.hint(written, words));
    return null;
  }
}
