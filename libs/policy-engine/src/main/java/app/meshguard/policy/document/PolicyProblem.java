package app.meshguard.policy.document;

/**
 * What is wrong in a document, where, and what to do about it.
 *
 * @param line one-based
 * @param column one-based
 */
public record PolicyProblem(int line, int column, String message) {
  /** What an author wrote, as a message quotes it. */
  static String shown(String written) {
    return written.length() <= 60 ? written : written.substring(0, 60) + "…";
  }

  @Override
  public String toString() {
    return line + ":" + column + ": " + message;
  }
}
