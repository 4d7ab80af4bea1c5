package app.meshguard.decision.evidence;

import app.meshguard.decision.json.InvalidJson;
import app.meshguard.decision.json.JsonReading;
import app.meshguard.wire.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * Counts, at the start, what an earlier life of the process stored and did not ship. Records are
 * canonical JSON: a key with its quotes and colon stands nowhere inside a text.
 */
final class Backlog {
  private static final String TENANT = "\"tenantId\":\"";
  private static final int BATCH = 1000;
  private static final int BATCH_BYTES = 4 << 20;

  private Backlog() {}

  static void count(JournalReader reader, Unshipped unshipped, long now) throws IOException {
    for (JournalReader.Batch batch = reader.next(BATCH, BATCH_BYTES);
        batch != null;
        batch = reader.next(BATCH, BATCH_BYTES)) {
      String[] records = new String(batch.body(), StandardCharsets.ISO_8859_1).split("\n");
      long since = timeOf(records[0], now);
      for (int i = 0; i < records.length; i++) {
        TenantId tenant = tenantOf(records[i]);
        if (tenant != null) {
          int bytes = records[i].length() + Frame.HEADER;
          unshipped.found(tenant, batch.firstPosition() + i, bytes, since);
        }
      }
    }
  }

  /** Behind the last such key there is no text of a caller but the trace id. */
  private static @Nullable TenantId tenantOf(String record) {
    int at = record.lastIndexOf(TENANT);
    int end = at < 0 ? -1 : record.indexOf('"', at + TENANT.length());
    try {
      return end < 0 ? null : new TenantId(record.substring(at + TENANT.length(), end));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static long timeOf(String record, long now) {
    try {
      Object text =
          JsonReading.record(record.getBytes(StandardCharsets.ISO_8859_1)).get("decidedAt");
      return text instanceof String time ? Math.min(now, Instant.parse(time).toEpochMilli()) : now;
    } catch (InvalidJson | DateTimeParseException e) {
      return now;
    }
  }
}
