package app.meshguard.audit.retention;

import app.meshguard.audit.log.LogEntry;
import java.util.List;

/**
 * One transaction's worth of a run.
 *
 * @param entries what is deleted, in order
 * @param held how many were due and are held
 * @param next from which index on the next batch looks
 * @param last whether nothing is due beyond it
 */
record RetentionBatch(List<LogEntry> entries, long held, long next, boolean last) {
  RetentionBatch {
    entries = List.copyOf(entries);
  }

  /** The indexes of what is deleted, ascending. */
  List<Long> deleted() {
    return entries.stream().map(LogEntry::index).toList();
  }
}
