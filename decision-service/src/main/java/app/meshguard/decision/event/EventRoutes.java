package app.meshguard.decision.event;

import app.meshguard.decision.check.Incoming;
import app.meshguard.decision.check.TraceId;
import app.meshguard.decision.credential.Caller;
import app.meshguard.decision.credential.Credentials;
import app.meshguard.decision.decide.DecisionIds;
import app.meshguard.decision.decide.DecisionTime;
import app.meshguard.decision.evidence.EvidenceUnavailable;
import app.meshguard.decision.evidence.RecordLog;
import app.meshguard.decision.evidence.Stored;
import app.meshguard.decision.json.JsonText;
import app.meshguard.decision.platform.Problems;
import app.meshguard.wire.ProblemCode;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code POST /v1/events}: all of a request are stored, in one go, before it is answered. */
@Singleton
class EventRoutes {
  private final Credentials credentials;
  private final RecordLog log;
  private final EventText records;
  private final DecisionTime time;

  EventRoutes(Credentials credentials, RecordLog log, EventText records, DecisionTime time) {
    this.credentials = credentials;
    this.log = log;
    this.records = records;
    this.time = time;
  }

  void register(@Observes Router router) {
    router
        .post("/v1/events")
        .handler(
            ctx ->
                Incoming.json(
                    ctx.request(), ReportedEvent.MAX_BODY, body -> report(ctx.request(), body)));
  }

  private void report(HttpServerRequest request, byte[] body) {
    Caller caller = Incoming.caller(credentials, request);
    if (caller == null) {
      return;
    }
    String traceId = TraceId.of(request.headers());
    String parentId = TraceId.parent(request.headers());
    Instant now = time.now();
    List<Map<String, String>> answer = new ArrayList<>();
    List<byte[]> all = new ArrayList<>();
    for (ReportedEvent event : ReportedEvent.read(body)) {
      String id = DecisionIds.event(now.toEpochMilli());
      String trace = event.traceId() == null ? traceId : event.traceId();
      all.add(records.of(caller, event.causedBy(parentId), id, trace, now));
      answer.add(Map.of("id", id, "traceId", trace));
    }
    log.append(
        caller.tenant().tenant(), all, Incoming.home(), new Waiter(request.response(), answer));
  }

  private record Waiter(HttpServerResponse response, List<Map<String, String>> answer)
      implements Stored {
    @Override
    public void stored() {
      if (!response.closed()) {
        response
            .setStatusCode(201)
            .putHeader("Content-Type", "application/json")
            .end(new JsonText().value(Map.of("events", answer)).toBuffer());
      }
    }

    @Override
    public void failed(EvidenceUnavailable why) {
      Problems.answer(
          response,
          ProblemCode.EVIDENCE_UNAVAILABLE,
          "The events cannot be stored now: some of them may have been. Send them again.");
    }
  }
}
