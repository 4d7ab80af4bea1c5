package app.meshguard.cli;

/** What was typed is not a command; says what is wrong with it. */
final class UsageFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageFault(String message) {
    super(message, null, false, false);
  }
}
