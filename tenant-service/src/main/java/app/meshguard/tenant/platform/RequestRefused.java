package app.meshguard.tenant.platform;

import app.meshguard.wire.Problem;
import app.meshguard.wire.ProblemCode;
import java.util.List;

/** A request that is answered with a problem: what features throw and the one mapper writes. */
public final class RequestRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public RequestRefused(ProblemCode code, String detail) {
    this(code, detail, List.of());
  }

  public RequestRefused(ProblemCode code, String detail, List<Problem.Fault> faults) {
    super(detail, null, false, false);
    this.problem = Problem.of(code, detail, faults);
  }

  /** The same answer for an id of nobody and an id of another tenant. */
  public static RequestRefused notFound(String what) {
    return new RequestRefused(ProblemCode.NOT_FOUND, "There is no such " + what + ".");
  }

  public static RequestRefused invalid(String path, String message) {
    return invalid(List.of(new Problem.Fault(path, null, null, message)));
  }

  /** All faults of the input at once. */
  public static RequestRefused invalid(List<Problem.Fault> faults) {
    Problem.Fault first = faults.getFirst();
    String detail =
        faults.size() == 1
            ? first.path() + ": " + first.message()
            : faults.size() + " faults in the request; see errors.";
    return new RequestRefused(ProblemCode.INVALID_REQUEST, detail, faults);
  }

  public static RequestRefused conflict(String detail) {
    return new RequestRefused(ProblemCode.CONFLICT, detail);
  }

  public Problem problem() {
    return problem;
  }
}
