package app.meshguard.audit.seal;

/** A payload that was changed, or does not belong to the leaf beside it. */
public final class DamagedPayload extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedPayload(String why) {
    super(why, null, false, false);
  }
}
