package app.meshguard.policy.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** Gathers what is wrong in one text, with lines counted from the text's own start. */
public final class Problems {
  private static final int MOST = 200;

  private final List<PolicyProblem> errors = new ArrayList<>();
  private final List<PolicyProblem> warnings = new ArrayList<>();
  private int firstLine;

  /** Sets how many lines stand before the document that is being read. */
  void startAt(int linesBefore) {
    firstLine = linesBefore;
  }

  /** The line that the node starts in, one-based. */
  public int lineOf(Node node) {
    return firstLine + node.getStartMark().getLine() + 1;
  }

  public void error(Node node, String message) {
    error(node.getStartMark(), message);
  }

  void error(Mark mark, String message) {
    errorAt(mark.getLine() + 1, mark.getColumn() + 1, message);
  }

  public void errorAt(int line, int column, String message) {
    add(errors, line, column, message);
  }

  void warning(Node node, String message) {
    Mark mark = node.getStartMark();
    add(warnings, mark.getLine() + 1, mark.getColumn() + 1, message);
  }

  private void add(List<PolicyProblem> list, int line, int column, String message) {
    if (list.size() < MOST) {
      list.add(new PolicyProblem(firstLine + line, column, message));
    }
  }

  /** Whether more errors would not be told. */
  boolean isFull() {
    return errors.size() >= MOST;
  }

  int errorCount() {
    return errors.size();
  }

  public List<PolicyProblem> errors() {
    return sorted(errors);
  }

  List<PolicyProblem> warnings() {
    return sorted(warnings);
  }

  private static List<PolicyProblem> sorted(List<PolicyProblem> problems) {
    return problems.stream()
        .sorted(
            Comparator.comparingInt(PolicyProblem::line).thenComparingInt(PolicyProblem::column))
        .toList();
  }
}
