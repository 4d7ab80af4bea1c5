package app.meshguard.audit.search;

import app.meshguard.audit.log.EntryId;
import app.meshguard.audit.log.LogEntry;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One entry with the record that it was made of.
 *
 * @param record the record's exact text; null when it was erased
 * @param recordSha256 of the record's UTF-8 bytes, lower-case hex
 */
record WholeEntry(
    AuditEntry entry,
    @Schema(description = "The exact text of the record as it was written; null once erased")
        @Nullable String record,
    @Schema(description = "SHA-256 of the record's UTF-8 bytes, lower-case hex; null once erased")
        @Nullable String recordSha256) {

  static WholeEntry of(LogEntry entry) {
    byte @Nullable [] record = entry.record();
    return new WholeEntry(
        AuditEntry.of(entry),
        record == null ? null : new String(record, StandardCharsets.UTF_8),
        record == null ? null : HexFormat.of().formatHex(EntryId.sha256(record)));
  }
}
