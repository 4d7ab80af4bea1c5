package app.meshguard.local.command;

/** A command was given in a way that cannot be followed; the message says how it is done. */
final class WrongUse extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongUse(String message) {
    super(message);
  }
}
