package app.meshguard.audit.query;

import app.meshguard.audit.log.EntryId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One entry with the record that it was made of.
 *
 * @param record the record's exact text: its UTF-8 bytes are those that are stored and hashed
 * @param recordSha256 lower-case hex
 */
record WholeEntry(
    AuditEntry entry,
    @Schema(description = "The exact text of the record, as it was written and is stored")
        String record,
    @Schema(description = "SHA-256 of the record's UTF-8 bytes, lower-case hex")
        String recordSha256) {

  static WholeEntry of(StoredEntry entry) {
    return new WholeEntry(
        AuditEntry.of(entry),
        new String(entry.record(), StandardCharsets.UTF_8),
        HexFormat.of().formatHex(EntryId.sha256(entry.record())));
  }
}
