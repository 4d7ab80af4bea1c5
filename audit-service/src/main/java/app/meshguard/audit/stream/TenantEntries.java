package app.meshguard.audit.stream;

import app.meshguard.audit.log.LogEntry;
import app.meshguard.wire.TenantId;
import java.util.List;

/** A tenant's log by index. */
interface TenantEntries {
  /** The entries from this index on, in order and without a gap. */
  List<LogEntry> from(TenantId tenant, long index, int limit);
}
