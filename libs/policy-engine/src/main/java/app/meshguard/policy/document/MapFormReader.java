package app.meshguard.policy.document;

import app.meshguard.policy.condition.Attribute;
import app.meshguard.policy.condition.Condition;
import app.meshguard.policy.condition.Conditions.Stated;
import app.meshguard.policy.condition.MapOperator;
import app.meshguard.policy.condition.RegexBudget;
import app.meshguard.policy.value.NearestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads conditions in map form: roots, then attributes, then operators or a plain value. */
final class MapFormReader {
  private static final List<String> ROOTS =
      List.of(
          "context",
          "request",
          "agent",
          "action",
          "resource",
          "time",
          "delegation",
          "tenant",
          "env");

  /** With those of a tree, which an author may have misspelt. */
  private static final List<String> KEYS =
      Stream.concat(ROOTS.stream(), Stream.of("all", "any", "not")).toList();

  /** Shorter names are near one another by chance. */
  private static final int SURELY_A_WORD = 6;

  private final Problems problems;
  private final RegexBudget regexes;

  MapFormReader(Problems problems, RegexBudget regexes) {
    this.problems = problems;
    this.regexes = regexes;
  }

  List<Stated> read(MappingNode map) {
    List<Stated> stated = new ArrayList<>();
    if (map.getValue().isEmpty()) {
      problems.error(map, "the map of conditions is empty; remove it");
    }
    Set<String> seen = new HashSet<>();
    for (NodeTuple entry : map.getValue()) {
      if (problems.isFull()) {
        break;
      }
      String root = keyOf(entry, seen);
      if (root == null) {
        continue;
      }
      if (!ROOTS.contains(root)) {
        problems.error(
            entry.getKeyNode(),
            "unknown key '"
                + PolicyProblem.shown(root)
                + "' in conditions"
                + NearestName.hint(root, KEYS));
      } else {
        String start = root.equals("context") ? "request" : root;
        boolean itself = root.equals("resource") || root.equals("action");
        if (itself || entry.getValueNode() instanceof MappingNode) {
          subject(List.of(start), entry.getValueNode(), itself, stated);
        } else {
          problems.error(
              entry.getValueNode(),
              "'" + root + "' needs a map of attributes, like {channel: sms}");
        }
      }
    }
    return stated;
  }

  private @Nullable String keyOf(NodeTuple entry, Set<String> seen) {
    if (!(entry.getKeyNode() instanceof ScalarNode key) || key.getValue().isBlank()) {
      problems.error(entry.getKeyNode(), "a key must be a plain name");
      return null;
    }
    if (!seen.add(key.getValue())) {
      problems.error(
          key, "the key '" + key.getValue() + "' stands here twice; keep one of the two");
      return null;
    }
    return key.getValue();
  }

  /**
   * @param itself whether the path so far is a value that can be compared
   */
  private void subject(List<String> path, Node node, boolean itself, List<Stated> stated) {
    if (!(node instanceof MappingNode map)) {
      add(path, MapOperator.EQUALS, node, stated);
      return;
    }
    if (map.getValue().isEmpty()) {
      problems.error(node, "the map of conditions is empty; remove it");
    }
    Set<String> seen = new HashSet<>();
    for (NodeTuple entry : map.getValue()) {
      if (problems.isFull()) {
        break;
      }
      String key = keyOf(entry, seen);
      if (key != null) {
        entry(path, key, entry, itself, stated);
      }
    }
  }

  /** An operator is one wherever there is a value to compare; any other key is an attribute. */
  private void entry(
      List<String> path, String key, NodeTuple entry, boolean itself, List<Stated> stated) {
    MapOperator operator = itself ? MapOperator.named(YamlMap.camelCase(key)) : null;
    if (operator != null) {
      add(path, operator, entry.getValueNode(), stated);
    } else if (itself && (path.size() > 1 || isMisspelt(key))) {
      problems.error(
          entry.getKeyNode(),
          "'"
              + PolicyProblem.shown(key)
              + "' is no operator, and an attribute of an attribute is written with a dot,"
              + " like customer.age_days"
              + MapOperator.hint(key));
    } else if (key.startsWith(".") || key.endsWith(".") || key.contains("..")) {
      problems.error(
          entry.getKeyNode(),
          "'" + PolicyProblem.shown(key) + "' is no path; write one like customer.age_days");
    } else {
      List<String> deeper = new ArrayList<>(path);
      deeper.addAll(Arrays.asList(key.split("\\.")));
      subject(deeper, entry.getValueNode(), true, stated);
    }
  }

  /** Whether what could be an attribute of the resource was probably meant as an operator. */
  private static boolean isMisspelt(String key) {
    return key.length() > SURELY_A_WORD && NearestName.among(key, MapOperator.names()) != null;
  }

  private void add(List<String> path, MapOperator operator, Node node, List<Stated> stated) {
    Object value = value(node);
    if (value == null) {
      return;
    }
    if (!regexes.take(operator, value)) {
      problems.error(node, ConditionsReader.TOO_MANY_REGEXES);
      return;
    }
    try {
      Condition condition = operator.condition(Attribute.of(path), value);
      stated.add(
          new Stated(
              String.join(".", path) + " " + operator.text() + " " + shown(value), condition));
    } catch (IllegalArgumentException e) {
      problems.error(node, String.valueOf(e.getMessage()));
    }
  }

  private static String shown(Object value) {
    return value instanceof String text ? "'" + text + "'" : value.toString();
  }

  private @Nullable Object value(Node node) {
    return switch (node) {
      case ScalarNode scalar -> Scalars.valueOf(scalar);
      case SequenceNode list -> {
        List<Object> items = new ArrayList<>();
        for (Node item : list.getValue()) {
          Object value = item instanceof ScalarNode scalar ? Scalars.valueOf(scalar) : null;
          if (value == null) {
            problems.error(item, "a list of plain values is needed here");
            yield null;
          }
          items.add(value);
        }
        yield items;
      }
      default -> {
        problems.error(node, "a plain value or a list of them is needed here");
        yield null;
      }
    };
  }
}
