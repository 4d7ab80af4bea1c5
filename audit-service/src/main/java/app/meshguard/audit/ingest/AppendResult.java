package app.meshguard.audit.ingest;

import app.meshguard.wire.TenantId;
import app.meshguard.wire.evidence.JournalPosition;
import java.util.Set;

/** What became of a batch. */
sealed interface AppendResult {
  /** All of the batch, which is of these tenants, is committed: now or before. */
  record Committed(
      JournalPosition position, int appended, int known, int quarantined, Set<TenantId> tenants)
      implements AppendResult {
    public Committed {
      tenants = Set.copyOf(tenants);
    }
  }

  /** The batch starts after what would be next. */
  record Gap(JournalPosition position) implements AppendResult {}

  /** Another record is committed at this position. */
  record Conflict(JournalPosition position, long at) implements AppendResult {}

  /** The journal was never registered. */
  record UnknownJournal() implements AppendResult {}
}
