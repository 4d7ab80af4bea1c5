package app.meshguard.cli;

/** A command could not be carried out; says why and what to do. */
final class CommandFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailed(String message) {
    super(message, null, false, false);
  }
}
