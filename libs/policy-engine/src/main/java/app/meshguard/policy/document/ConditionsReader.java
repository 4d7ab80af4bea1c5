package app.meshguard.policy.document;

import app.meshguard.policy.condition.Condition;
import app.meshguard.policy.condition.ConditionParser;
import app.meshguard.policy.condition.ConditionProblem;
import app.meshguard.policy.condition.Conditions;
import app.meshguard.policy.condition.Conditions.Stated;
import app.meshguard.policy.condition.RegexBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads conditions: a list, an expression, a tree of all / any / not, or the map form. */
final class ConditionsReader {
  static final String TOO_MANY_REGEXES =
      "the regular expressions of the policy have more than 200,000 letters with counted repeats"
          + " written out; use fewer or smaller ones";
  private static final Set<String> TREE = Set.of("all", "any", "not");

  private final Problems problems;
  private final RegexBudget regexes;
  private final boolean refusesLimits;

  /**
   * @param regexes of the whole document
   * @param refusesLimits whether the rule's effect has no use for a limit
   */
  ConditionsReader(Problems problems, RegexBudget regexes, boolean refusesLimits) {
    this.problems = problems;
    this.regexes = regexes;
    this.refusesLimits = refusesLimits;
  }

  Conditions read(Node node) {
    List<Stated> stated = new ArrayList<>();
    if (node instanceof SequenceNode list && list.getValue().isEmpty()) {
      problems.error(node, "the list of conditions is empty; leave the key out");
    }
    for (Node entry : YamlMap.items(node)) {
      if (problems.isFull()) {
        break;
      }
      stated.addAll(stated(entry));
    }
    Conditions conditions = Conditions.of(stated);
    if (refusesLimits && !conditions.limits().isEmpty()) {
      problems.error(
          node, "a limit may stand only in rules that allow or require_approval; remove it");
    }
    return conditions;
  }

  private List<Stated> stated(Node node) {
    return switch (node) {
      case ScalarNode scalar -> expression(scalar);
      case MappingNode map when isTree(map) -> tree(map);
      case MappingNode map -> new MapFormReader(problems, regexes).read(map);
      default -> {
        problems.error(node, "a condition is an expression, a tree of all/any/not, or a map");
        yield List.of();
      }
    };
  }

  private List<Stated> expression(ScalarNode node) {
    try {
      Condition condition = ConditionParser.parse(node.getValue());
      if (!regexes.take(condition)) {
        problems.error(node, TOO_MANY_REGEXES);
        return List.of();
      }
      return List.of(new Stated(node.getValue().strip(), condition));
    } catch (ConditionProblem problem) {
      tell(node, problem);
      return List.of();
    }
  }

  /** Points into the expression where what is read is what is written, else at its start. */
  private void tell(ScalarNode node, ConditionProblem problem) {
    boolean plain = node.getScalarStyle() == ScalarStyle.PLAIN;
    int quotes = plain ? 0 : 2;
    boolean oneToOne =
        node.getStartMark().getLine() == node.getEndMark().getLine()
            && node.getEndMark().getColumn() - node.getStartMark().getColumn()
                == node.getValue().length() + quotes;
    if (oneToOne) {
      problems.errorAt(
          node.getStartMark().getLine() + 1,
          node.getStartMark().getColumn() + 1 + quotes / 2 + problem.offset(),
          problem.description());
    } else {
      problems.error(
          node,
          problem.description()
              + " (at character "
              + (problem.offset() + 1)
              + " of the condition)");
    }
  }

  private static boolean isTree(MappingNode map) {
    return map.getValue().stream()
        .anyMatch(
            entry -> entry.getKeyNode() instanceof ScalarNode key && TREE.contains(key.getValue()));
  }

  private List<Stated> tree(MappingNode map) {
    List<Stated> stated = new ArrayList<>();
    YamlMap keys = YamlMap.of(map, problems, "a tree of conditions", List.of("all", "any", "not"));
    for (NodeTuple entry : map.getValue()) {
      String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (keys.has(key)) {
        Stated branch = branch(key, entry.getValueNode());
        if (branch != null) {
          stated.add(branch);
        }
      }
    }
    return stated;
  }

  private @Nullable Stated branch(String key, Node node) {
    List<Condition> parts = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (Node item : YamlMap.items(node)) {
      List<Stated> read = problems.isFull() ? List.of() : stated(item);
      if (read.isEmpty()) {
        continue;
      }
      parts.add(Conditions.all(read.stream().map(Stated::condition).toList()));
      texts.add(String.join(" AND ", read.stream().map(Stated::text).toList()));
    }
    if (parts.isEmpty()) {
      if (node instanceof SequenceNode list && list.getValue().isEmpty()) {
        problems.error(node, "'" + key + "' is empty; give it conditions, or remove it");
      }
      return null;
    }
    if (key.equals("not") && parts.size() > 1) {
      problems.error(node, "'not' takes one condition; group several under all or any");
    }
    String text = key + "(" + String.join("; ", texts) + ")";
    Condition condition =
        switch (key) {
          case "all" -> Conditions.all(parts);
          case "any" -> Conditions.any(parts);
          default -> Conditions.not(parts.getFirst());
        };
    if (Conditions.hasMisplacedLimit(condition)) {
      problems.error(node, "a limit may not stand under '" + key + "'; make it a whole condition");
    }
    return new Stated(text, condition);
  }
}
