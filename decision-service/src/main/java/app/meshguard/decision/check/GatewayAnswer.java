package app.meshguard.decision.check;

import app.meshguard.decision.decide.CannotDecide;
import app.meshguard.decision.decide.Decided;
import app.meshguard.decision.decide.Decision;
import app.meshguard.decision.json.InvalidJson;
import app.meshguard.decision.json.JsonText;
import app.meshguard.decision.platform.Problems;
import app.meshguard.policy.Verdict;
import app.meshguard.wire.ProblemCode;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Answers below {@code /proxy}, in the form that the published clients read.
 *
 * <p>INVARIANT: nothing but an allow is ever below 400 here: those clients take everything below
 * for a yes.
 */
public final class GatewayAnswer {
  private GatewayAnswer() {}

  /** A call that does not pass: 403, or 429 when only a limit stood in the way. */
  public static void refused(HttpServerResponse response, Decision decision) {
    Decided decided = decision.decided();
    Long retryAfter = decided.retryAfterSeconds();
    String error = "forbidden";
    int status = 403;
    boolean limited = isLimit(decided.verdict().code());
    if (limited) {
      error = decided.verdict().code();
      status = ProblemCode.RATE_LIMITED.status();
      if (retryAfter != null) {
        response.putHeader("Retry-After", Long.toString(retryAfter));
      }
    } else if (decision instanceof Decision.PendingApproval) {
      error = "approval_required";
    }
    JsonText out = new JsonText();
    Verdict verdict = decided.verdict();
    String reason = verdict.reason() != null ? verdict.reason() : verdict.message();
    out.raw("{\"error\":\"").raw(error);
    out.raw("\",\"message\":").string(verdict.message());
    out.raw(",\"reason\":").string(reason);
    out.raw(",\"action\":").string(decided.call().action());
    out.raw(",\"decision\":\"").raw(decision.text());
    out.raw("\",\"policy\":").string(verdict.policy());
    out.raw(",\"rule\":").string(verdict.rule());
    if (decided.approvalId() != null) {
      out.raw(",\"approvalId\":").string(decided.approvalId());
    }
    if (limited) {
      // Null where no waiting helps: the call takes more than the whole budget.
      out.raw(",\"retry_after\":").value(retryAfter);
    }
    out.raw(",\"decisionId\":\"").raw(decided.decisionId());
    out.raw("\",\"trace_id\":").string(decided.call().traceId()).raw("}");
    CheckAnswer.headers(response, decision);
    send(response, status, out);
  }

  private static boolean isLimit(String code) {
    return code.equals(ProblemCode.RATE_LIMITED.code())
        || code.equals(ProblemCode.BUDGET_EXCEEDED.code());
  }

  /** There is no decision, or something failed on the way. */
  public static void failed(HttpServerResponse response, @Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : failure;
    switch (cause) {
      case CannotDecide cannot -> error(response, cannot.code(), cannot.getMessage());
      case InvalidJson invalid ->
          error(response, ProblemCode.INVALID_REQUEST, invalid.getMessage());
      case null -> error(response, ProblemCode.INTERNAL, "Something failed on our side.");
      default ->
          error(
              response,
              ProblemCode.INTERNAL,
              "Something failed on our side. Quote the correlation id "
                  + Problems.logged(cause)
                  + " when you report it.");
    }
  }

  /** An error with a code. */
  public static void error(
      HttpServerResponse response, ProblemCode code, @Nullable String message) {
    if (response.ended() || response.closed()) {
      return;
    }
    if (code.status() == 503) {
      response.putHeader("Retry-After", "1");
    }
    JsonText out = new JsonText();
    out.raw("{\"error\":\"").raw(code.code());
    out.raw("\",\"message\":").string(message == null ? code.title() : message).raw("}");
    send(response, code.status(), out);
  }

  private static void send(HttpServerResponse response, int status, JsonText json) {
    if (response.closed()) {
      return;
    }
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(json.toBuffer());
  }
}
