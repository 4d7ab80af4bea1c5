package app.meshguard.audit.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Entries that this service writes itself. They go the way of all others, through a journal: one
 * for each process, and another after each failure. Never called inside a transaction: the ingest
 * lock is the last that anybody takes.
 */
@ApplicationScoped
public class OwnRecords {
  private static final String SERVICE = "audit-service";

  private final PostgresEvidenceLog log;
  private @Nullable UUID journal;
  private long next;

  @Inject
  OwnRecords(PostgresEvidenceLog log) {
    this.log = log;
  }

  /**
   * Appends canonical records; they are committed when this returns. When it throws, they may be:
   * whoever then appends them again gives them the same decisionId.
   *
   * @throws IllegalArgumentException when one of them is not a record: a fault of the caller
   */
  public synchronized void append(List<byte[]> records) {
    for (int from = 0; from < records.size(); from += EvidenceBatch.MAX_RECORDS) {
      int to = Math.min(records.size(), from + EvidenceBatch.MAX_RECORDS);
      appendBatch(records.subList(from, to));
    }
  }

  private void appendBatch(List<byte[]> records) {
    UUID open = journal;
    if (open == null) {
      open = UUID.randomUUID();
      log.register(open, SERVICE, null);
      next = 1;
    }
    // Where a failure leaves it nobody knows: it is not used again.
    journal = null;
    EvidenceBatch batch = EvidenceBatch.own(open, next, records);
    switch (log.append(batch, SERVICE)) {
      case AppendResult.Committed done -> {
        if (done.quarantined() > 0) {
          throw new IllegalArgumentException("a record of this service's own cannot be read");
        }
        next += records.size();
        journal = open;
      }
      case AppendResult.Gap gap -> throw new IllegalStateException("a gap in an own journal");
      case AppendResult.Conflict conflict -> throw new IllegalStateException("two own records");
      case AppendResult.UnknownJournal unknown ->
          throw new IllegalStateException("an own journal is not known");
    }
  }
}
