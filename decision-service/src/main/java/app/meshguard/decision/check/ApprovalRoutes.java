package app.meshguard.decision.check;

import app.meshguard.decision.approval.Approval;
import app.meshguard.decision.approval.ApprovalIds;
import app.meshguard.decision.credential.Caller;
import app.meshguard.decision.credential.Credentials;
import app.meshguard.decision.credential.Identification;
import app.meshguard.decision.credential.Identification.Identified;
import app.meshguard.decision.credential.Identification.Rejected;
import app.meshguard.decision.credential.Identification.Unknown;
import app.meshguard.decision.decide.DecisionTime;
import app.meshguard.decision.json.JsonText;
import app.meshguard.decision.platform.Problems;
import app.meshguard.wire.ProblemCode;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/approvals/<id>}: what became of a call that waits for a human, for the agent whose
 * call it is and for nobody else.
 */
@Singleton
class ApprovalRoutes {
  private final Credentials credentials;
  private final ApprovalIds ids;
  private final DecisionTime time;

  ApprovalRoutes(Credentials credentials, ApprovalIds ids, DecisionTime time) {
    this.credentials = credentials;
    this.ids = ids;
    this.time = time;
  }

  void register(@Observes Router router) {
    router.get("/v1/approvals/:id").handler(this::handle);
  }

  private void handle(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    HttpServerResponse response = ctx.response();
    try {
      Identification who = credentials.identify(Incoming.credential(request.headers()));
      switch (who) {
        case Identified(Caller caller) -> answer(response, caller, ctx.pathParam("id"));
        case Rejected rejected ->
            Problems.answer(response, ProblemCode.UNAUTHORIZED, rejected.message());
        case Unknown(String message) ->
            Problems.answer(response, ProblemCode.UNAUTHORIZED, message);
      }
    } catch (RuntimeException e) {
      Problems.unknown(response, e);
    }
  }

  private void answer(HttpServerResponse response, Caller caller, String id) {
    Approval approval =
        ids.open(caller.tenant().tenant(), id)
            .filter(found -> found.agentId().equals(caller.agent().id()))
            .orElse(null);
    if (approval == null) {
      Problems.answer(response, ProblemCode.NOT_FOUND, "There is no such approval.");
      return;
    }
    response
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(new JsonText().value(json(id, approval)).toBuffer());
  }

  private Map<String, @Nullable Object> json(String id, Approval approval) {
    boolean expired = approval.isExpiredAt(time.now());
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("approvalId", id);
    json.put("status", expired ? "expired" : "pending");
    json.put("decision", expired ? "deny" : "pending_approval");
    json.put(
        "message",
        expired
            ? "Nobody approved the call in time: it is denied. Ask again to wait again."
            : "The call waits for a human. Without an approval it is denied when it expires; this"
                + " version has no way to approve yet.");
    json.put("action", approval.action());
    json.put("resource", approval.resource());
    json.put("policy", approval.policy());
    json.put("policyRevision", approval.policy() == null ? null : approval.policyRevision());
    json.put("rule", approval.rule());
    json.put("reason", approval.reason());
    json.put("approvers", approval.approvers());
    json.put("createdAt", approval.createdAt().toString());
    json.put("expiresAt", approval.expiresAt().toString());
    json.put("decisionId", approval.decisionId());
    return json;
  }
}
