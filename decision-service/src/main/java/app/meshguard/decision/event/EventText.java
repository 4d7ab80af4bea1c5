package app.meshguard.decision.event;

import app.meshguard.decision.bundle.Replica;
import app.meshguard.decision.credential.Caller;
import app.meshguard.decision.decide.TimeText;
import app.meshguard.decision.json.JsonText;
import app.meshguard.policy.value.Redaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes records of events, format 1, in their canonical form: keys sorted, secrets redacted. */
@Singleton
class EventText {
  private final String replica;

  EventText(Replica replica) {
    this.replica = replica.id();
  }

  byte[] of(Caller caller, ReportedEvent reported, String id, String traceId, Instant at) {
    JsonText out = new JsonText();
    String before = "{";
    if (reported.action() != null) {
      out.raw("{\"action\":").string(Redaction.of(reported.action()));
      before = ",";
    }
    out.raw(before).raw("\"agent\":").raw(caller.agent().recorded());
    if (!reported.context().isEmpty()) {
      out.raw(",\"context\":").value(Redaction.of(reported.context()));
    }
    out.raw(",\"credential\":\"").raw(caller.kind().text());
    out.raw("\",\"credentialId\":").string(caller.credentialId());
    out.raw(",\"decidedAt\":\"").raw(TimeText.of(at));
    out.raw("\",\"decisionId\":\"").raw(id);
    out.raw("\",\"event\":").value(Redaction.of(event(caller, reported)));
    out.raw(",\"format\":1,\"kind\":\"event\"");
    if (!reported.reads().isEmpty() || !reported.writes().isEmpty()) {
      Map<String, List<String>> lineage =
          Map.of("reads", reported.reads(), "writes", reported.writes());
      out.raw(",\"lineage\":").value(Redaction.of(lineage));
    }
    if (reported.parentId() != null) {
      out.raw(",\"parentId\":").string(Redaction.of(reported.parentId()));
    }
    out.raw(",\"replica\":").string(replica);
    if (reported.resource() != null) {
      out.raw(",\"resource\":").value(Redaction.of(reported.resource()));
    }
    out.raw(",\"tenantId\":\"").raw(caller.tenant().tenant().value());
    out.raw("\",\"traceId\":").string(traceId).raw("}");
    return out.toBytes();
  }

  /** Who sent a message is who reports it. */
  private static Map<String, Object> event(Caller caller, ReportedEvent reported) {
    if (reported.type() != EventType.MESSAGE) {
      return reported.event();
    }
    Map<String, Object> event = new TreeMap<>(reported.event());
    event.put("from", caller.agent().id());
    return event;
  }
}
