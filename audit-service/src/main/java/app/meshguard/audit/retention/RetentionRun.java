package app.meshguard.audit.retention;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a run did, or would do.
 *
 * @param id {@code ret_…}
 * @param requestedBy the admin token's id; null for the daily run
 * @param firstIndex the least index deleted, null when there was none
 * @param complete false when it was stopped before all was deleted
 */
record RetentionRun(
    String id,
    Instant startedAt,
    @Nullable String requestedBy,
    RetentionPeriod period,
    Instant cutoff,
    long deleted,
    long held,
    @Nullable Long firstIndex,
    @Nullable Long lastIndex,
    boolean complete) {

  /** The run before anything was done. */
  static RetentionRun starting(
      String id, Instant now, @Nullable String requestedBy, RetentionPeriod period) {
    return new RetentionRun(
        id, now, requestedBy, period, period.cutoff(now), 0, 0, null, null, false);
  }

  /** After a batch more, whose indexes are above all before. */
  RetentionRun and(RetentionBatch batch) {
    return new RetentionRun(
        id,
        startedAt,
        requestedBy,
        period,
        cutoff,
        deleted + batch.deleted().size(),
        held + batch.held(),
        firstIndex != null || batch.deleted().isEmpty() ? firstIndex : batch.deleted().getFirst(),
        batch.deleted().isEmpty() ? lastIndex : batch.deleted().getLast(),
        batch.last());
  }
}
