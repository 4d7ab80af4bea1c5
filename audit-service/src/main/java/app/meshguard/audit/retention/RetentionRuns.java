package app.meshguard.audit.retention;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.hold.GuardedDestruction;
import app.meshguard.audit.ingest.OwnRecords;
import app.meshguard.audit.platform.SystemRecord;
import app.meshguard.audit.platform.TenantLog;
import app.meshguard.wire.TenantId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps what runs did beside what they deleted, and has the log tell of it: also of a run that was
 * cut short, when the next one begins.
 */
@ApplicationScoped
class RetentionRuns {
  private static final String COLUMNS =
      "SELECT id, started_at, requested_by, days, basis, cutoff, deleted, held, first_idx, last_idx,"
          + " complete FROM retention_run WHERE tenant_id = $1 ";
  private static final String START =
      "INSERT INTO retention_run (tenant_id, id, started_at, requested_by, days, basis, cutoff)"
          + " VALUES ($1, $2, $3, $4, $5, $6, $7)";
  private static final String MOVE =
      "UPDATE retention_run SET deleted = $3, held = $4, first_idx = $5, last_idx = $6,"
          + " complete = $7 WHERE tenant_id = $1 AND id = $2";
  private static final String FINISH =
      "UPDATE retention_run SET finished_at = $3 WHERE tenant_id = $1 AND id = $2";
  private static final String RECORDED =
      "UPDATE retention_run SET recorded = true WHERE tenant_id = $1 AND id = ANY ($2)";

  private final GuardedDestruction destruction;
  private final TenantLog log;
  private final OwnRecords own;

  @Inject
  RetentionRuns(GuardedDestruction destruction, TenantLog log, OwnRecords own) {
    this.destruction = destruction;
    this.log = log;
    this.own = own;
  }

  void start(TenantId tenant, RetentionRun run) {
    Tuple row =
        Tuple.of(
                tenant.value(),
                run.id(),
                run.startedAt().atOffset(ZoneOffset.UTC),
                run.requestedBy(),
                run.period().days(),
                run.period().basis())
            .addOffsetDateTime(run.cutoff().atOffset(ZoneOffset.UTC));
    destruction.destroy(
        tenant, (connection, holds) -> await(connection.preparedQuery(START).execute(row)));
  }

  /** Notes how far the run is, in the transaction that took it there. */
  void move(SqlConnection connection, TenantId tenant, RetentionRun run) {
    await(
        connection
            .preparedQuery(MOVE)
            .execute(
                Tuple.of(tenant.value(), run.id(), run.deleted(), run.held())
                    .addLong(run.firstIndex())
                    .addLong(run.lastIndex())
                    .addBoolean(run.complete())));
  }

  void finish(TenantId tenant, String id, Instant now) {
    destruction.destroy(
        tenant,
        (connection, holds) ->
            await(
                connection
                    .preparedQuery(FINISH)
                    .execute(Tuple.of(tenant.value(), id, now.atOffset(ZoneOffset.UTC)))));
  }

  /** Appends an entry about every run that has none: for who keeps others from running. */
  void note(TenantId tenant) {
    List<RetentionRun> runs =
        destruction.destroy(
            tenant,
            (connection, holds) ->
                read(connection, tenant, "AND NOT recorded ORDER BY started_at LIMIT 100"));
    if (!runs.isEmpty()) {
      own.append(runs.stream().map(run -> record(tenant, run)).toList());
      String[] ids = runs.stream().map(RetentionRun::id).toArray(String[]::new);
      destruction.destroy(
          tenant,
          (connection, holds) ->
              await(
                  connection
                      .preparedQuery(RECORDED)
                      .execute(Tuple.of(tenant.value()).addArrayOfString(ids))));
    }
  }

  /** The run that began last. */
  Optional<RetentionRun> newest(TenantId tenant) {
    return log.read(
        tenant,
        connection ->
            read(connection, tenant, "ORDER BY started_at DESC LIMIT 1").stream().findFirst());
  }

  private static List<RetentionRun> read(
      SqlConnection connection, TenantId tenant, String condition) {
    List<RetentionRun> runs = new ArrayList<>();
    for (Row row :
        await(connection.preparedQuery(COLUMNS + condition).execute(Tuple.of(tenant.value())))) {
      runs.add(
          new RetentionRun(
              row.getString("id"),
              row.getOffsetDateTime("started_at").toInstant(),
              row.getString("requested_by"),
              new RetentionPeriod(row.getInteger("days"), row.getString("basis")),
              row.getOffsetDateTime("cutoff").toInstant(),
              row.getLong("deleted"),
              row.getLong("held"),
              row.getLong("first_idx"),
              row.getLong("last_idx"),
              row.getBoolean("complete")));
    }
    return runs;
  }

  private static byte[] record(TenantId tenant, RetentionRun run) {
    Map<String, Object> facts = new TreeMap<>();
    facts.put("run", run.id());
    facts.put("days", run.period().days());
    facts.put("basis", run.period().basis());
    facts.put("cutoff", run.cutoff().toString());
    facts.put("deleted", run.deleted());
    facts.put("held", run.held());
    facts.put("complete", run.complete());
    if (run.firstIndex() != null && run.lastIndex() != null) {
      facts.put("firstIndex", run.firstIndex());
      facts.put("lastIndex", run.lastIndex());
    }
    if (run.requestedBy() != null) {
      facts.put("by", Map.of("id", run.requestedBy(), "kind", "admin_token"));
    }
    String id = "sys_" + run.id().substring("ret_".length());
    return SystemRecord.of(tenant, id, run.startedAt(), "retention.run", facts);
  }
}
