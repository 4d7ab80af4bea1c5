package app.meshguard.audit.siem;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.log.LogEntries;
import app.meshguard.audit.log.LogEntry;
import app.meshguard.audit.platform.Database;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Which receivers are due, over all tenants. Who takes one puts it off first: should this process
 * die, another goes on with it two minutes later, at the cursor that was last kept.
 */
@ApplicationScoped
class SiemQueue {
  private static final int STATEMENT_MILLIS = 15_000;
  private static final int PAGE = 500;
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private static final String TAKE =
      "UPDATE siem_target SET due_at = now() + $1 * interval '1 second' WHERE (tenant_id, name) IN"
          + " (SELECT tenant_id, name FROM siem_target WHERE enabled AND due_at <= now()"
          + " ORDER BY due_at LIMIT 8 FOR UPDATE SKIP LOCKED) RETURNING "
          + SiemTarget.COLUMNS;
  // By index, not by range: retention may have deleted what lies between.
  private static final String WAITING =
      "SELECT "
          + LogEntries.COLUMNS
          + " FROM log_entry e WHERE e.tenant_id = $1 AND e.idx >= $2 ORDER BY e.idx LIMIT $3";
  private static final String SENT =
      "UPDATE siem_target SET next_index = $6, sent = sent + $4, failures = 0,"
          + " last_error = NULL, last_success_at = CASE WHEN $4 > 0 THEN now()"
          + " ELSE last_success_at END, due_at = now() + $5 * interval '1 second'"
          + " WHERE tenant_id = $1 AND name = $2 AND next_index = $3";
  private static final String FAILED =
      "UPDATE siem_target SET failures = failures + 1, last_error = $3,"
          + " due_at = now() + $4 * interval '1 second' WHERE tenant_id = $1 AND name = $2";

  private final Pool pool;
  private final LogEntries entries;

  @Inject
  SiemQueue(@ReactiveDataSource("feed") Pool pool, LogEntries entries) {
    this.pool = pool;
    this.entries = entries;
  }

  List<SiemTarget> take() {
    return inTransaction(
        connection -> {
          List<SiemTarget> due = new ArrayList<>();
          for (Row row :
              await(connection.preparedQuery(TAKE).execute(Tuple.of((double) LEASE.toSeconds())))) {
            due.add(SiemTarget.of(row));
          }
          return due;
        });
  }

  List<LogEntry> waiting(SiemTarget target) {
    return inTransaction(
        connection -> {
          List<LogEntry> waiting = new ArrayList<>();
          Tuple from = Tuple.of(target.tenant().value(), target.nextIndex(), PAGE);
          for (Row row : await(connection.preparedQuery(WAITING).execute(from))) {
            waiting.add(entries.entry(target.tenant(), row));
          }
          return waiting;
        });
  }

  /** Moves the cursor, unless it was moved meanwhile; when there was nothing, looks later again. */
  void sent(SiemTarget target, int count, long nextIndex) {
    change(
        SENT,
        Tuple.of(target.tenant().value(), target.name(), target.nextIndex(), (long) count)
            .addDouble(count > 0 ? 0.0 : 1.0)
            .addLong(nextIndex));
  }

  /** Waits twice as long after each failure, up to five minutes. */
  void failed(SiemTarget target, String error) {
    double wait = Math.min(LONGEST_WAIT.toSeconds(), Math.pow(2, Math.min(10, target.failures())));
    change(FAILED, Tuple.of(target.tenant().value(), target.name(), error, wait));
  }

  private void change(String sql, Tuple values) {
    inTransaction(connection -> await(connection.preparedQuery(sql).execute(values)));
  }

  private <T> T inTransaction(Function<SqlConnection, T> work) {
    return Database.inTransaction(
        pool,
        connection -> {
          Database.limits(connection, STATEMENT_MILLIS, STATEMENT_MILLIS);
          return work.apply(connection);
        });
  }
}
