package app.meshguard.decision.decide;

import app.meshguard.wire.ProblemCode;

/** There is no decision. The caller must take this for a denial. */
public final class CannotDecide extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ProblemCode code;

  public CannotDecide(ProblemCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  public ProblemCode code() {
    return code;
  }
}
