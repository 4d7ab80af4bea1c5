package app.meshguard.audit.platform;

import app.meshguard.wire.Problem;
import app.meshguard.wire.ProblemCode;
import java.util.List;

/** Ends a request with a problem that its caller can do something about. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;
  private final transient List<Problem.Fault> faults;

  public Refused(ProblemCode code, String detail) {
    this(code, detail, List.of());
  }

  public Refused(ProblemCode code, String detail, List<Problem.Fault> faults) {
    // No stack trace: this is an answer, not a failure.
    super(detail, null, false, false);
    this.code = code;
    this.faults = List.copyOf(faults);
  }

  /** The same answer for what is not there and for what belongs to another tenant. */
  public static Refused notFound() {
    return notFound("There is no such entry.");
  }

  /** What is asked for is not there; {@code detail} must not say whether another tenant has it. */
  public static Refused notFound(String detail) {
    return new Refused(ProblemCode.NOT_FOUND, detail);
  }

  public ProblemCode code() {
    return code;
  }

  Problem problem() {
    return Problem.of(code, String.valueOf(getMessage()), faults);
  }
}
