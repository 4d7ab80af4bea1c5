package app.meshguard.policy.condition;

/** Why an expression cannot be read, and where. The message says what to do. */
public final class ConditionProblem extends Exception {
  private static final long serialVersionUID = 1L;
  private final int offset;

  ConditionProblem(int offset, String message) {
    super(message, null, false, false);
    this.offset = offset;
  }

  /** Characters before the place, from the start of the expression. */
  public int offset() {
    return offset;
  }

  /** Never null, unlike that of other exceptions. */
  public String description() {
    String message = getMessage();
    return message == null ? "the expression cannot be read" : message;
  }
}
