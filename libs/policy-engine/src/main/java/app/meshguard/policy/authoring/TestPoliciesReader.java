package app.meshguard.policy.authoring;

import app.meshguard.policy.document.ParsedDocuments;
import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.PolicyDocuments;
import app.meshguard.policy.document.PolicyProblem;
import app.meshguard.policy.document.Problems;
import app.meshguard.policy.document.YamlMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the policies that stand in a test file as texts, and finds their errors' places in it. */
final class TestPoliciesReader {
  private final Problems problems;
  private final List<String> lines;
  private final Set<String> names = new HashSet<>();

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
    return documents;
  }

  private List<PolicyDocument> documents(ScalarNode node) {
    ParsedDocuments parsed = PolicyDocuments.parse(node.getValue());
    int line = node.getStartMark().getLine();
    boolean block =
        node.getScalarStyle() == ScalarStyle.LITERAL || node.getScalarStyle() == ScalarStyle.FOLDED;
    int linesBefore = block ? line + 1 : line;
    int indent = block ? indentBelow(line) : node.getStartMark().getColumn();
    for (PolicyProblem error : parsed.errors()) {
      problems.errorAt(linesBefore + error.line(), indent + error.column(), error.message());
    }
    for (PolicyDocument document : parsed.documents()) {
      if (!names.add(document.name())) {
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
