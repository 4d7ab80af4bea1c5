package app.meshguard.policy.authoring;

import app.meshguard.policy.PolicyDocumentProblem;
import app.meshguard.policy.PolicySet;
import app.meshguard.policy.document.ParsedDocuments;
import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.PolicyDocuments;
import app.meshguard.policy.document.PolicyProblem;
import app.meshguard.policy.document.Problems;
import app.meshguard.policy.document.YamlMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the policies that stand in a test file as texts, and finds their errors' places in it. */
final class TestPoliciesReader {
  private final Problems problems;
  private final List<String> lines;
  private final Map<String, Offset> byName = new HashMap<>();

  /** How far into the file a text starts. */
  private record Offset(int lines, int columns) {}

  TestPoliciesReader(Problems problems, String source) {
    this.problems = problems;
    this.lines = source.lines().toList();
  }

  List<PolicyDocument> read(Node node) {
    List<PolicyDocument> documents = new ArrayList<>();
    for (Node item : YamlMap.items(node)) {
      if (item instanceof ScalarNode text) {
        documents.addAll(documents(text));
      } else {
        problems.error(item, "policies are texts; write 'policies: |' and indent the policy below");
      }
    }
    for (PolicyDocumentProblem problem : PolicySet.check(documents)) {
      tell(problem.problem(), byName.getOrDefault(problem.policy(), new Offset(0, 0)));
    }
    return documents;
  }

  private void tell(PolicyProblem problem, Offset offset) {
    problems.errorAt(
        offset.lines() + problem.line(), offset.columns() + problem.column(), problem.message());
  }

  private List<PolicyDocument> documents(ScalarNode node) {
    ParsedDocuments parsed = PolicyDocuments.parse(node.getValue());
    int line = node.getStartMark().getLine();
    boolean block =
        node.getScalarStyle() == ScalarStyle.LITERAL || node.getScalarStyle() == ScalarStyle.FOLDED;
    Offset offset =
        block
            ? new Offset(line + 1, indentBelow(line))
            : new Offset(line, node.getStartMark().getColumn());
    parsed.errors().forEach(error -> tell(error, offset));
    for (PolicyDocument document : parsed.documents()) {
      if (byName.putIfAbsent(document.name(), offset) != null) {
        problems.error(
            node, "two policies are named '" + document.name() + "'; rename one of the two");
      }
    }
    return parsed.documents();
  }

  /** How far the block below a line is indented. */
  private int indentBelow(int line) {
    return lines.stream()
        .skip(line + 1L)
        .filter(text -> !text.isBlank())
        .findFirst()
        .map(text -> text.length() - text.stripLeading().length())
        .orElse(0);
  }
}
