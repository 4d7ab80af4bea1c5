package app.meshguard.audit.feed;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.log.LogEntries;
import app.meshguard.audit.platform.Database;
import app.meshguard.wire.TenantId;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the entries of all tenants in the order in which they were committed. Nothing appears
 * behind what was read: batches are numbered as they become visible.
 */
@ApplicationScoped
public class Feed {
  private static final int STATEMENT_MILLIS = 15_000;

  // What follows the cursor is found by its batch, never by a walk through the log: the second
  // statement must not be planned as one.
  private static final String SETTINGS =
      "SELECT set_config('plan_cache_mode', 'force_custom_plan', true),"
          + " set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)";
  private static final String LAST =
      "SELECT coalesce(max(batch) FILTER (WHERE before < $2), $1) FROM"
          + " (SELECT batch, sum(n) OVER (ORDER BY batch) - n AS before FROM"
          + " (SELECT batch, sum(entries) AS n FROM batch_span WHERE batch > $1"
          + " GROUP BY batch ORDER BY batch LIMIT 64) AS later) AS counted";
  private static final String ENTRIES =
      "SELECT "
          + LogEntries.COLUMNS
          + ", e.tenant_id FROM batch_span s JOIN log_entry e ON e.tenant_id = s.tenant_id"
          + " AND e.appended_at = s.appended_at"
          + " AND e.idx >= s.first_idx AND e.idx < s.first_idx + s.entries"
          + " WHERE s.batch BETWEEN $1 AND $3 AND (s.batch > $1 OR e.ordinal > $2)"
          + " ORDER BY e.batch, e.ordinal LIMIT $4";

  private final Pool pool;
  private final LogEntries entries;

  @Inject
  public Feed(@ReactiveDataSource("feed") Pool pool, LogEntries entries) {
    this.pool = pool;
    this.entries = entries;
  }

  /** The entries after a cursor, in order; from the first after (0, 0). */
  public List<FeedEntry> after(long batch, int ordinal, int limit) {
    return Database.inTransaction(
        pool,
        connection -> {
          Database.limits(connection, STATEMENT_MILLIS, STATEMENT_MILLIS);
          return read(connection, batch, ordinal, limit);
        });
  }

  /** The same in a transaction of a role that sees all tenants, e.g. beside the cursor's move. */
  public List<FeedEntry> read(SqlConnection connection, long batch, int ordinal, int limit) {
    connection.query(SETTINGS).execute();
    List<FeedEntry> read = new ArrayList<>();
    long from = batch;
    int after = ordinal;
    // Batches whose entries were all dropped are nothing, and not the end.
    while (read.isEmpty()) {
      long last =
          await(connection.preparedQuery(LAST).execute(Tuple.of(from, (long) limit)))
              .iterator()
              .next()
              .getLong(0);
      for (Row row :
          await(connection.preparedQuery(ENTRIES).execute(Tuple.of(from, after, last, limit)))) {
        TenantId tenant = new TenantId(row.getString(7));
        read.add(new FeedEntry(tenant, entries.entry(tenant, row)));
      }
      if (last == from) {
        break;
      }
      from = last;
      after = Integer.MAX_VALUE;
    }
    return read;
  }
}
