package app.meshguard.audit.hold;

import app.meshguard.audit.platform.JsonBody;
import app.meshguard.audit.subject.SubjectPath;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an admin asks to be held.
 *
 * @param paths where to look for the subject, beside the tenant's own
 */
record HoldRequest(
    String reason,
    boolean wholeTenant,
    @Nullable String agentId,
    @Nullable String traceId,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String subject,
    List<SubjectPath> paths) {
  private static final Set<String> NAMES =
      Set.of("reason", "wholeTenant", "agentId", "traceId", "from", "to", "subject", "paths");

  HoldRequest {
    paths = List.copyOf(paths);
  }

  /** Reads a request, or refuses it with all that is wrong in it. */
  static HoldRequest read(@Nullable String text) {
    JsonBody body = JsonBody.read(text, NAMES);
    HoldRequest request =
        new HoldRequest(
            body.required("reason", 1024),
            body.flag("wholeTenant"),
            body.text("agentId", 128),
            body.text("traceId", 128),
            body.time("from"),
            body.time("to"),
            body.text("subject", 512),
            SubjectPath.read(body, "paths"));
    boolean narrowed = NAMES.stream().anyMatch(n -> isCriterion(n) && body.has(n));
    if (request.wholeTenant == narrowed) {
      body.fault(
          "wholeTenant",
          narrowed
              ? "stands beside other criteria. Give either it or them."
              : "is not true, and nothing else says what to hold. Give agentId, traceId, from, to"
                  + " or subject; or \"wholeTenant\": true.");
    }
    if (request.from != null && request.to != null && !request.from.isBefore(request.to)) {
      body.fault("from", "is not before to.");
    }
    if (body.has("paths") && !body.has("subject")) {
      body.fault("paths", "is where to look for a subject, and there is no subject.");
    }
    body.check();
    return request;
  }

  private static boolean isCriterion(String name) {
    return !name.equals("reason") && !name.equals("wholeTenant");
  }
}
