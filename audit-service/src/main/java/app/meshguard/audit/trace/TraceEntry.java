package app.meshguard.audit.trace;

import app.meshguard.audit.log.LogEntry;
import app.meshguard.audit.projection.ColumnReader;
import app.meshguard.audit.projection.EntryColumns;
import app.meshguard.audit.search.AuditEntry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An entry with what its place in the tree is told by. */
record TraceEntry(AuditEntry entry, EntryColumns columns) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static TraceEntry of(LogEntry entry) {
    byte[] record = entry.record();
    return new TraceEntry(
        AuditEntry.of(entry),
        ColumnReader.read(record == null ? entry.leaf() : record, entry.appendedAt()));
  }

  boolean isOutcome() {
    return columns.kind().equals("outcome");
  }

  Instant at() {
    return columns.decidedAt();
  }

  /** How long it took itself: a call by its outcome, a decision by its latency. */
  @Nullable Duration took() {
    if (isOutcome()) {
      JsonNode outcome = json(entry.outcome().text());
      return outcome.path("durationMs").isNumber()
          ? Duration.ofNanos((long) (outcome.path("durationMs").doubleValue() * 1e6))
          : null;
    }
    Long micros = columns.latencyUs();
    return micros == null ? null : Duration.ofNanos(micros * 1_000);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException("a stored record cannot be read", e);
    }
  }
}
