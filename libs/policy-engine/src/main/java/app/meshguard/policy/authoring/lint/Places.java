package app.meshguard.policy.authoring.lint;

import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.Problems;
import app.meshguard.policy.document.Rule;
import app.meshguard.policy.document.YamlTree;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Where the parts of a document stand in the text that it was read from. */
final class Places {
  /** One-based. */
  record Place(int line, int column) {}

  private final List<Rule> rules;
  private final @Nullable Node root;
  private final List<Node> ruleNodes;
  private final int linesBefore;

  Places(PolicyDocument document) {
    this.rules = document.rules();
    this.root = new YamlTree(new Problems()).read(document.text());
    this.ruleNodes =
        under(root, "rules") instanceof SequenceNode list ? list.getValue() : List.of();
    this.linesBefore =
        ruleNodes.isEmpty() || rules.isEmpty()
            ? 0
            : rules.getFirst().line() - 1 - ruleNodes.getFirst().getStartMark().getLine();
  }

  /** A key of the document, or its start. */
  Place ofKey(String key) {
    Node node = under(root, key);
    return node == null ? new Place(linesBefore + 1, 1) : place(node);
  }

  Place ofRule(Rule rule, String key) {
    Node node = node(rule);
    Node value = under(node, key);
    if (node == null) {
      return new Place(rule.line(), 1);
    }
    return place(value == null ? node : value);
  }

  Place ofCondition(Rule rule, int condition) {
    Node conditions = under(node(rule), "conditions");
    return conditions instanceof SequenceNode list && condition < list.getValue().size()
        ? place(list.getValue().get(condition))
        : ofRule(rule, "conditions");
  }

  @SuppressWarnings("ReferenceEquality") // the very rule, not one that says the same
  private @Nullable Node node(Rule rule) {
    for (int i = 0; i < Math.min(rules.size(), ruleNodes.size()); i++) {
      if (rules.get(i) == rule) {
        return ruleNodes.get(i);
      }
    }
    return null;
  }

  private Place place(Node node) {
    return new Place(
        linesBefore + node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1);
  }

  private static @Nullable Node under(@Nullable Node node, String key) {
    if (node instanceof MappingNode map) {
      for (NodeTuple entry : map.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode name && isSame(name.getValue(), key)) {
          return entry.getValueNode();
        }
      }
    }
    return null;
  }

  /** Keys have several spellings. */
  private static boolean isSame(String written, String key) {
    String plain = written.replace("_", "");
    return plain.equalsIgnoreCase(key)
        || (key.equals("action") && plain.equals("actions"))
        || (key.equals("appliesTo") && plain.equalsIgnoreCase("agentMatch"));
  }
}
