package app.meshguard.decision.proxy;

/** The target cannot be called; the message is for the agent and names no address. */
final class TargetUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String failure;

  /**
   * Says why.
   *
   * @param failure as in the record of the outcome, e.g. {@code refused_address}
   */
  TargetUnavailable(String failure, String message) {
    super(message, null, false, false);
    this.failure = failure;
  }

  String failure() {
    return failure;
  }
}
