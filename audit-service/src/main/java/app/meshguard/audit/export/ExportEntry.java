package app.meshguard.audit.export;

import app.meshguard.audit.log.LogEntry;
import app.meshguard.audit.record.EvidenceRecord;

/**
 * An entry to be written.
 *
 * @param fields drawn from the record, or from the leaf where the record was erased
 */
record ExportEntry(LogEntry entry, EvidenceRecord fields) {}
