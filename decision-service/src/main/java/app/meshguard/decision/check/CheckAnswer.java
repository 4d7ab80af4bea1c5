package app.meshguard.decision.check;

import app.meshguard.decision.credential.Caller;
import app.meshguard.decision.decide.Decided;
import app.meshguard.decision.decide.Decision;
import app.meshguard.decision.decide.RecordText;
import app.meshguard.decision.json.JsonText;
import app.meshguard.policy.Verdict;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The answer of a check in JSON, and the headers that every decision carries. */
public final class CheckAnswer {
  private CheckAnswer() {}

  static void write(JsonText out, Decision decision) {
    Decided decided = decision.decided();
    Verdict verdict = decided.verdict();
    boolean allowed = decision instanceof Decision.Allow;
    out.raw("{\"decision\":\"").raw(decision.text());
    out.raw("\",\"allowed\":").bool(allowed);
    out.raw(",\"action\":").string(decided.call().action());
    out.raw(",\"policy\":").string(verdict.policy());
    out.raw(",\"rule\":").string(verdict.rule());
    out.raw(",\"reason\":").string(verdict.reason());
    out.raw(",\"code\":").string(verdict.code());
    if (!verdict.isAllowed()) {
      out.raw(",\"message\":").string(verdict.message());
    }
    out.raw(",\"obligations\":");
    if (verdict.obligations().isEmpty()) {
      out.raw("{}");
    } else {
      out.value(verdict.obligations().toMap());
    }
    out.raw(",\"approvalId\":").string(decided.approvalId());
    out.raw(",\"retryAfter\":").value(decided.retryAfterSeconds());
    out.raw(",\"traceId\":").string(decided.call().traceId());
    out.raw(",\"decisionId\":\"").raw(decided.decisionId());
    out.raw("\",\"policyVersion\":").number(decided.caller().tenant().policiesVersion());
    out.raw(",\"bundleAgeMs\":").number(decided.bundleAgeMs());
    if (!decided.enforced()) {
      out.raw(",\"enforced\":false,\"wouldHave\":\"").raw(verdict.effect().text()).raw("\"");
    }
    RecordText.dryRuns(out, verdict.dryRuns());
    if (decided.explanation() != null) {
      out.raw(",\"explanation\":").value(decided.explanation());
    }
    if (decided.call().receipt()) {
      out.raw(",\"receipt\":").string(decided.receipt());
    }
    out.raw("}");
  }

  /** Who was decided about, by which policy, and how. */
  public static void headers(HttpServerResponse response, Decision decision) {
    Decided decided = decision.decided();
    Caller caller = decided.caller();
    String policy = decided.verdict().policy();
    response
        .putHeader("X-MeshGuard-Decision", decision.text())
        .putHeader("X-MeshGuard-Policy", policy == null ? "" : policy)
        .putHeader("X-MeshGuard-Trace-Id", decided.call().traceId())
        .putHeader("X-MeshGuard-Agent-Id", caller.agent().id());
    String receipt = decided.receipt();
    if (receipt != null && decided.call().surface().isGateway()) {
      // What goes through has no body of ours.
      response.putHeader(
          "X-MeshGuard-Receipt",
          Base64.getEncoder().encodeToString(receipt.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
