package app.meshguard.audit.retention;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.hold.EntryFacts;
import app.meshguard.audit.hold.GuardedDestruction;
import app.meshguard.audit.hold.Hold;
import app.meshguard.audit.log.LogEntries;
import app.meshguard.audit.log.LogEntry;
import app.meshguard.audit.platform.TenantLog;
import app.meshguard.audit.projection.ForgottenEntries;
import app.meshguard.audit.subject.Subjects;
import app.meshguard.wire.Base62;
import app.meshguard.wire.TenantId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deletes one tenant's entries that are past their time. INVARIANT: only what a signed checkpoint
 * covers is deleted, so that its leaf hash stays in the tiles and proofs of the rest still verify.
 */
@ApplicationScoped
class Retention {
  private static final String SIGNED =
      "SELECT first_idx + size - CASE WHEN preamble IS NULL THEN 0 ELSE 1 END FROM log"
          + " WHERE tenant_id = $1 ORDER BY epoch DESC LIMIT 1";
  private static final String DUE =
      "SELECT idx, appended_at, leaf FROM log_entry WHERE tenant_id = $1 AND idx >= $2"
          + " AND idx < $3 AND appended_at < $4 ORDER BY idx LIMIT $5";
  private static final String DELETE =
      "DELETE FROM log_entry WHERE tenant_id = $1 AND idx = ANY ($2) AND appended_at < $3";

  private final TenantLog log;
  private final LogEntries entries;
  private final GuardedDestruction destruction;
  private final RetentionRuns runs;
  private final Subjects subjects;
  private final RetentionConfig config;
  private final Clock clock;

  @Inject
  Retention(
      TenantLog log,
      LogEntries entries,
      GuardedDestruction destruction,
      RetentionRuns runs,
      Subjects subjects,
      RetentionConfig config,
      Clock clock) {
    this.log = log;
    this.entries = entries;
    this.destruction = destruction;
    this.runs = runs;
    this.subjects = subjects;
    this.config = config;
    this.clock = clock;
  }

  /** Says what a run would do now, and does nothing. */
  RetentionRun wouldDo(TenantId tenant, RetentionPeriod period, Duration longest) {
    RetentionRun run = RetentionRun.starting("", now(), null, period);
    long signed = signed(tenant);
    return untilDone(
        run,
        longest,
        (so, from) ->
            destruction.destroy(
                tenant,
                (connection, holds) ->
                    batch(connection, tenant, holds, so.cutoff(), from, signed)));
  }

  /** Deletes what is due, and has the log tell of it. */
  RetentionRun run(
      TenantId tenant, RetentionPeriod period, @Nullable String requestedBy, Duration longest) {
    RetentionRun run =
        RetentionRun.starting("ret_" + Base62.random(22), now(), requestedBy, period);
    long signed = signed(tenant);
    runs.start(tenant, run);
    RetentionRun done =
        untilDone(run, longest, (so, from) -> deleteBatch(tenant, so, from, signed));
    runs.finish(tenant, run.id(), clock.instant());
    runs.note(tenant);
    return done;
  }

  private interface Step {
    RetentionBatch take(RetentionRun so, long from);
  }

  private RetentionRun untilDone(RetentionRun start, Duration longest, Step step) {
    Instant end = clock.instant().plus(longest);
    RetentionRun run = start;
    long from = 0;
    do {
      RetentionBatch batch = step.take(run, from);
      run = run.and(batch);
      from = batch.next();
    } while (!run.complete() && clock.instant().isBefore(end));
    return run;
  }

  private RetentionBatch deleteBatch(TenantId tenant, RetentionRun so, long from, long signed) {
    return destruction.destroy(
        tenant,
        (connection, holds) -> {
          RetentionBatch batch = batch(connection, tenant, holds, so.cutoff(), from, signed);
          if (!batch.entries().isEmpty()) {
            Long[] indexes = batch.deleted().toArray(Long[]::new);
            await(
                connection
                    .preparedQuery(DELETE)
                    .execute(
                        Tuple.of(tenant.value(), indexes, so.cutoff().atOffset(ZoneOffset.UTC))));
            ForgottenEntries.delete(connection, tenant, batch.entries());
          }
          runs.move(connection, tenant, so.and(batch));
          return batch;
        });
  }

  private RetentionBatch batch(
      SqlConnection connection,
      TenantId tenant,
      List<Hold> holds,
      Instant cutoff,
      long from,
      long signed) {
    List<LogEntry> due = new ArrayList<>();
    Tuple parameters =
        Tuple.of(tenant.value(), from, signed, cutoff.atOffset(ZoneOffset.UTC), config.batch());
    for (Row row : await(connection.preparedQuery(DUE).execute(parameters))) {
      // Not opened: what is deleted need not be known.
      due.add(
          new LogEntry(
              row.getLong(0),
              row.getOffsetDateTime(1).toInstant(),
              0,
              0,
              row.getBuffer(2).getBytes(),
              null,
              false));
    }
    if (due.isEmpty()) {
      return new RetentionBatch(due, 0, from, true);
    }
    Set<Long> held = held(tenant, holds, due);
    return new RetentionBatch(
        due.stream().filter(entry -> !held.contains(entry.index())).toList(),
        held.size(),
        due.getLast().index() + 1,
        due.size() < config.batch());
  }

  private Set<Long> held(TenantId tenant, List<Hold> holds, List<LogEntry> due) {
    Set<Long> held = new HashSet<>();
    if (holds.stream().anyMatch(hold -> hold.scope().isWholeTenant())) {
      due.forEach(entry -> held.add(entry.index()));
      return held;
    }
    if (!holds.isEmpty()) {
      List<byte[]> keys = subjects.keys(tenant);
      for (LogEntry entry : read(tenant, due)) {
        EntryFacts facts = EntryFacts.of(entry);
        if (holds.stream().anyMatch(hold -> hold.covers(facts, keys))) {
          held.add(entry.index());
        }
      }
    }
    return held;
  }

  private List<LogEntry> read(TenantId tenant, List<LogEntry> due) {
    return log.read(
        tenant,
        connection ->
            entries.read(connection, tenant, due.getFirst().index(), due.getLast().index() + 1));
  }

  /** The index that the signed log ends before. */
  private long signed(TenantId tenant) {
    return log.read(
        tenant,
        connection -> {
          for (Row row :
              await(connection.preparedQuery(SIGNED).execute(Tuple.of(tenant.value())))) {
            return row.getLong(0);
          }
          return 0L;
        });
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
