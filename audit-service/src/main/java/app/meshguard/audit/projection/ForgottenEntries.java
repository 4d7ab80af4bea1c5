package app.meshguard.audit.projection;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.log.LogEntry;
import app.meshguard.audit.platform.ProjectionRebuild;
import app.meshguard.audit.rollup.Dimension;
import app.meshguard.wire.TenantId;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;

/**
 * Takes out of the projection what the log no longer holds, in the transaction that destroys it.
 * INVARIANT: under the projector's lock, so that what was read before cannot be written after.
 */
public final class ForgottenEntries {
  private static final String OF =
      " FROM unnest($2::bigint[], $3::timestamptz[]) AS gone (idx, decided_at)"
          + " WHERE search.tenant_id = $1 AND search.idx = gone.idx"
          + " AND search.decided_at = gone.decided_at";
  private static final String DELETE = "DELETE FROM search USING" + OF.substring(" FROM".length());
  // What is left is what a rebuild would find in the leaf.
  private static final String NEUTRALISE =
      "UPDATE search SET parent_id = NULL, span_id = NULL, agent_name = NULL, trust_tier = NULL,"
          + " to_agent = NULL, action = NULL, resource = NULL, surface = NULL, trace_id = NULL,"
          + " latency_us = NULL, words = NULL"
          + OF;
  private static final String SUMS =
      "DELETE FROM rollup WHERE tenant_id = $1 AND dimension = $2 AND key = ANY ($3)";

  private ForgottenEntries() {}

  /** Forgets entries that are deleted. */
  public static void delete(SqlConnection connection, TenantId tenant, List<LogEntry> entries) {
    lock(connection);
    await(connection.preparedQuery(DELETE).execute(places(tenant, entries)));
  }

  /**
   * Forgets all of entries that their leaves do not say.
   *
   * @param actions whose sums would name a person
   */
  public static void neutralise(
      SqlConnection connection,
      TenantId tenant,
      List<LogEntry> entries,
      Collection<String> actions) {
    lock(connection);
    await(connection.preparedQuery(NEUTRALISE).execute(places(tenant, entries)));
    if (!actions.isEmpty()) {
      await(
          connection
              .preparedQuery(SUMS)
              .execute(
                  Tuple.of(tenant.value(), Dimension.ACTION.text())
                      .addArrayOfString(
                          actions.stream().map(RollUps::cut).toArray(String[]::new))));
    }
  }

  private static void lock(SqlConnection connection) {
    await(
        connection
            .preparedQuery("SELECT pg_advisory_xact_lock($1)")
            .execute(Tuple.of(ProjectionRebuild.LOCK)));
  }

  private static Tuple places(TenantId tenant, List<LogEntry> entries) {
    return Tuple.of(tenant.value())
        .addArrayOfLong(entries.stream().map(LogEntry::index).toArray(Long[]::new))
        .addArrayOfOffsetDateTime(
            entries.stream().map(ForgottenEntries::decidedAt).toArray(OffsetDateTime[]::new));
  }

  private static OffsetDateTime decidedAt(LogEntry entry) {
    byte[] record = entry.record();
    return ColumnReader.read(record == null ? entry.leaf() : record, entry.appendedAt())
        .decidedAt()
        .atOffset(ZoneOffset.UTC);
  }
}
