package app.meshguard.policy.document;

import app.meshguard.policy.pattern.ActionPattern;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A pattern of actions, or the part of one that an author writes, and where it stands. */
record NamedAction(String name, Node node) {
  /**
   * The items of a list, each of which makes a pattern.
   *
   * @param prefix what stands before each in the pattern
   */
  static List<NamedAction> list(YamlMap map, String key, String prefix, Problems problems) {
    List<NamedAction> actions = new ArrayList<>();
    Node node = map.get(key);
    if (node == null) {
      return actions;
    }
    List<Node> items = YamlMap.items(node);
    if (items.isEmpty()) {
      problems.error(node, "'" + key + "' is empty; name something, or leave the key out");
    }
    for (Node item : items) {
      if (problems.isFull()) {
        break;
      }
      if (!(item instanceof ScalarNode scalar)) {
        problems.error(
            item,
            "a name is needed here, such as " + (prefix.isEmpty() ? "read:orders" : "send-email"));
        continue;
      }
      String written = scalar.getValue();
      String problem = ActionPattern.problemOf(written.isEmpty() ? written : prefix + written);
      if (problem == null) {
        actions.add(new NamedAction(written, item));
      } else {
        problems.error(item, problem);
      }
    }
    return actions;
  }
}
