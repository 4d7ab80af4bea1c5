package app.meshguard.decision.json;

/** The text is not JSON that we take; the message says what is wrong and where. */
public final class InvalidJson extends RuntimeException {
  private static final long serialVersionUID = 1;

  public InvalidJson(String message) {
    super(message, null, false, false);
  }
}
