package app.meshguard.wire;

/**
 * The one list of stable error codes. The code is the contract, the status goes with it; the detail
 * text is free to change. Written as the {@code code} of {@code application/problem+json} answers
 * and as {@code error} of denials on {@code /proxy}.
 */
public enum ProblemCode {
  INVALID_REQUEST(400, "The request is not valid"),
  INVALID_POLICY(400, "The policy document is not valid"),
  UNAUTHORIZED(401, "A valid credential is required"),
  FORBIDDEN(403, "Not permitted"),
  NOT_FOUND(404, "Not found"),
  METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
  NOT_ACCEPTABLE(406, "No representation that the request accepts"),
  CONFLICT(409, "The request conflicts with what is there"),
  IDEMPOTENCY_CONFLICT(409, "The idempotency key was used with another body"),
  EVIDENCE_GAP(409, "The batch does not follow the last position of its journal"),
  EVIDENCE_CONFLICT(409, "Another record is stored at a position of the batch"),
  PAYLOAD_TOO_LARGE(413, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The media type of the body is not supported"),
  RATE_LIMITED(429, "A limit stands in the way"),
  BUDGET_EXCEEDED(429, "A budget stands in the way"),
  INTERNAL(500, "Something failed on our side"),
  UPSTREAM_UNAVAILABLE(502, "The target did not answer"),
  OBLIGATION_UNFULFILLED(502, "What has to be hidden in the target's answer cannot be"),
  EVIDENCE_UNAVAILABLE(503, "The record of the decision cannot be stored now"),
  LIMIT_UNAVAILABLE(503, "The limit cannot be counted now"),
  DATA_TOO_OLD(503, "The policy data is older than the tenant allows"),
  UNAVAILABLE(503, "The service cannot answer now");

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The HTTP status that goes with this code. */
  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** The code as it is written on the wire: lower case, words joined by underscores. */
  public String code() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
