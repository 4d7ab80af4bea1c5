package app.meshguard.audit.search;

import app.meshguard.audit.log.LogEntry;
import java.time.Instant;

/** An entry of the log, and when what it tells of happened. */
record StoredEntry(LogEntry entry, Instant decidedAt) {
  long index() {
    return entry.index();
  }
}
