package app.meshguard.audit.export;

import app.meshguard.audit.log.LogEntry;
import app.meshguard.audit.record.EvidenceRecord;
import app.meshguard.audit.record.RecordReader;
import app.meshguard.audit.record.UnreadableRecord;
import app.meshguard.wire.TenantId;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Draws fields from an entry; where the record was erased, those that its leaf still has. */
final class EntryFields {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RecordReader reader = new RecordReader();
  private final TenantId tenant;

  EntryFields(TenantId tenant) {
    this.tenant = tenant;
  }

  EvidenceRecord of(LogEntry entry) {
    byte @Nullable [] record = entry.record();
    try {
      return record == null ? ofLeaf(entry.leaf()) : reader.read(record, 0, record.length);
    } catch (UnreadableRecord | IOException e) {
      throw new IllegalStateException("entry " + entry.index() + " cannot be read", e);
    }
  }

  private EvidenceRecord ofLeaf(byte[] bytes) throws IOException {
    JsonNode leaf = JSON.readTree(bytes);
    String at = leaf.path("at").asText();
    return new EvidenceRecord(
        tenant.value(),
        leaf.path("kind").asText(),
        at,
        OffsetDateTime.parse(at),
        text(leaf, "decision"),
        leaf.path("decisionId").asText(),
        text(leaf, "event"),
        text(leaf, "agentId"),
        null,
        null,
        null,
        text(leaf, "policy"),
        leaf.has("policyRevision") ? leaf.get("policyRevision").longValue() : null,
        text(leaf, "rule"),
        text(leaf, "code"),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static @Nullable String text(JsonNode leaf, String key) {
    return leaf.has(key) ? leaf.get(key).asText() : null;
  }
}
