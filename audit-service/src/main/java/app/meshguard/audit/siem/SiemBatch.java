package app.meshguard.audit.siem;

import app.meshguard.audit.log.EntryId;
import app.meshguard.audit.log.LogEntry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The body of one call. Every event carries the entry's id, the same each time that it is sent: the
 * receiver can tell a repetition (Elastic does so itself, for the id is the document's).
 */
final class SiemBatch {
  private static final int MAX_BYTES = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SiemTarget target;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int entries;

  SiemBatch(SiemTarget target) {
    this.target = target;
  }

  int entries() {
    return entries;
  }

  byte[] body() {
    return body.toByteArray();
  }

  /** Adds an entry; false when the batch is full, and the entry is not in it. */
  boolean add(LogEntry entry) {
    if (body.size() >= MAX_BYTES) {
      return false;
    }
    try {
      byte @Nullable [] record = entry.record();
      JsonNode fields = JSON.readTree(record == null ? entry.leaf() : record);
      String id =
          record == null
              ? "ent_" + entry.index() + "_" + target.tenant().value()
              : EntryId.of(entry.index(), record).toString();
      Instant at = OffsetDateTime.parse(text(fields, "decidedAt", "at")).toInstant();
      switch (target.type()) {
        case SPLUNK_HEC -> line(splunk(entry, id, at, fields));
        case ELASTIC_BULK -> {
          ObjectNode action = JSON.createObjectNode();
          action.putObject("index").put("_index", target.indexName()).put("_id", id);
          line(action);
          line(elastic(entry, id, at, fields));
        }
      }
      entries++;
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("entry " + entry.index() + " cannot be read", e);
    }
  }

  private ObjectNode splunk(LogEntry entry, String id, Instant at, JsonNode fields) {
    ObjectNode event = JSON.createObjectNode();
    event.put("time", BigDecimal.valueOf(at.toEpochMilli(), 3));
    event.put("host", "meshguard");
    event.put("source", target.tenant().value());
    event.put("sourcetype", "meshguard:audit");
    if (target.indexName() != null) {
      event.put("index", target.indexName());
    }
    event.set("event", common(entry, id).set("record", fields));
    event.putObject("fields").put("meshguard_id", id).put("meshguard_index", entry.index());
    return event;
  }

  /** The record as text: its fields are the tenant's own, and must not fight an index's mapping. */
  private static ObjectNode elastic(LogEntry entry, String id, Instant at, JsonNode fields) {
    ObjectNode event = JSON.createObjectNode();
    event.put("@timestamp", at.toString());
    ObjectNode ecs = event.putObject("event");
    ecs.put("id", id).put("dataset", "meshguard.audit").put("sequence", entry.index());
    ecs.put("original", fields.toString());
    copy(fields, "action", ecs, "action");
    copy(fields, "reason", ecs, "reason");
    ObjectNode own = common(entry, id);
    for (String key :
        new String[] {
          "kind", "decision", "decisionId", "policy", "rule", "code", "surface", "traceId"
        }) {
      copy(fields, key, own, key);
    }
    copy(fields.path("agent"), "id", own, "agentId");
    copy(fields.path("agent"), "name", own, "agentName");
    event.set("meshguard", own);
    return event;
  }

  private static ObjectNode common(LogEntry entry, String id) {
    ObjectNode common = JSON.createObjectNode();
    common.put("index", entry.index()).put("id", id);
    common.put("recordedAt", entry.appendedAt().toString());
    common.put("leaf", Base64.getEncoder().encodeToString(entry.leaf()));
    if (entry.record() == null) {
      common.put(entry.damaged() ? "damaged" : "erased", true);
    }
    return common;
  }

  private static void copy(JsonNode from, String key, ObjectNode to, String as) {
    JsonNode value = from.get(key);
    if (value != null && value.isTextual()) {
      to.put(as, value.textValue());
    }
  }

  private static String text(JsonNode fields, String key, String otherwise) {
    return (fields.has(key) ? fields.get(key) : fields.path(otherwise)).asText();
  }

  private void line(JsonNode value) throws IOException {
    body.writeBytes(value.toString().getBytes(StandardCharsets.UTF_8));
    body.write('\n');
  }
}
