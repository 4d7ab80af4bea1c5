package app.meshguard.policy.document;

/**
 * What is wrong in a document, where, and what to do about it.
 *
 * @param line one-based
 * @param column one-based
 */
public record PolicyProblem(int line, int column, String message) {
  @Override
  public String toString() {
    return line + ":" + column + ": " + message;
  }
}
