package app.meshguard.audit.projection;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.feed.Feed;
import app.meshguard.audit.feed.FeedEntry;
import app.meshguard.audit.platform.Database;
import app.meshguard.audit.platform.ProjectionRebuild;
import app.meshguard.audit.seal.Payloads;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the log is searched by, one transaction for some entries and the place after them.
 * INVARIANT: one projector at a time, in whichever process: it holds the advisory lock while it
 * reads and writes. Whoever destroys an entry takes the same lock, so that nothing that was read
 * before comes back after.
 */
@ApplicationScoped
class PostgresProjection {
  private static final int AT_ONCE = 4_000;
  private static final int STATEMENT_MILLIS = 60_000;

  private static final String PLACE =
      "SELECT batch, ordinal FROM projection_place WHERE pg_try_advisory_xact_lock($1) FOR UPDATE";
  private static final String MOVE = "UPDATE projection_place SET batch = $1, ordinal = $2";
  private static final String SEARCH =
      "INSERT INTO search (tenant_id, idx, decided_at, appended_at, latency_us, words, kind,"
          + " decision, decision_id, parent_id, span_id, agent_id, agent_name, trust_tier, to_agent,"
          + " action, resource, policy, rule, code, surface, event, trace_id)"
          + " SELECT t, i, d, a, l, w::bigint[], c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12,"
          + " c13, c14, c15, c16, c17 FROM unnest($1::text[], $2::bigint[], $3::timestamptz[],"
          + " $4::timestamptz[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[],"
          + " $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[],"
          + " $16::text[], $17::text[], $18::text[], $19::text[], $20::text[], $21::text[],"
          + " $22::text[], $23::text[]) AS r (t, i, d, a, l, w, c1, c2, c3, c4, c5, c6, c7, c8, c9,"
          + " c10, c11, c12, c13, c14, c15, c16, c17)";
  private static final String AGENTS =
      "INSERT INTO seen_agent AS known (tenant_id, agent_id, name, trust_tier, first_at, last_at)"
          + " SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[],"
          + " $5::timestamptz[], $6::timestamptz[]) ON CONFLICT (tenant_id, agent_id, name)"
          + " DO UPDATE SET trust_tier = CASE WHEN excluded.last_at >= known.last_at"
          + " THEN excluded.trust_tier ELSE known.trust_tier END,"
          + " first_at = least(known.first_at, excluded.first_at),"
          + " last_at = greatest(known.last_at, excluded.last_at)";
  private static final String SUMS =
      "INSERT INTO rollup AS known (tenant_id, dimension, span, at, key, total, allow, deny,"
          + " pending, latency_sum, latency_count, latency_max, last_at)"
          + " SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[],"
          + " $5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[],"
          + " $11::bigint[], $12::bigint[], $13::timestamptz[])"
          + " ON CONFLICT (tenant_id, dimension, span, at, key) DO UPDATE SET"
          + " total = known.total + excluded.total, allow = known.allow + excluded.allow,"
          + " deny = known.deny + excluded.deny, pending = known.pending + excluded.pending,"
          + " latency_sum = known.latency_sum + excluded.latency_sum,"
          + " latency_count = known.latency_count + excluded.latency_count,"
          + " latency_max = greatest(known.latency_max, excluded.latency_max),"
          + " last_at = greatest(known.last_at, excluded.last_at)";
  private static final String LATENCIES =
      "INSERT INTO latency_rollup AS known (tenant_id, span, at, bucket, entries)"
          + " SELECT t, s, a, b::integer, n FROM unnest($1::text[], $2::text[], $3::text[],"
          + " $4::timestamptz[], $5::text[], $6::bigint[]) AS r (t, unused, s, a, b, n)"
          + " ON CONFLICT (tenant_id, span, at, bucket)"
          + " DO UPDATE SET entries = known.entries + excluded.entries";

  /**
   * What one step did.
   *
   * @param oldest when the first of the entries was appended; null when there was none
   * @param more whether there may be more to do at once
   */
  record Step(int entries, @Nullable Instant oldest, boolean more) {}

  private final Pool pool;
  private final Feed feed;
  private final TenantWords words;

  @Inject
  PostgresProjection(@ReactiveDataSource("project") Pool pool, Feed feed, Payloads payloads) {
    this.pool = pool;
    this.feed = feed;
    this.words = new TenantWords(payloads);
  }

  /** Projects the next entries, unless another process does so now. */
  synchronized Step step() {
    return Database.inTransaction(
        pool,
        connection -> {
          Database.limits(connection, STATEMENT_MILLIS, STATEMENT_MILLIS);
          RowSet<Row> held =
              await(connection.preparedQuery(PLACE).execute(Tuple.of(ProjectionRebuild.LOCK)));
          if (held.size() == 0) {
            return new Step(0, null, false);
          }
          Row place = held.iterator().next();
          return step(connection, new Place(place.getLong(0), place.getInteger(1)));
        });
  }

  private Step step(SqlConnection connection, Place place) {
    List<FeedEntry> next = feed.after(place.batch(), place.ordinal(), AT_ONCE);
    if (next.isEmpty()) {
      return new Step(0, null, false);
    }
    ProjectedEntries entries = new ProjectedEntries();
    for (FeedEntry entry : next) {
      entries.add(entry.tenant(), entry.entry(), words);
    }
    FeedEntry last = next.getLast();
    write(connection, entries, new Place(last.entry().batch(), last.entry().ordinal()));
    return new Step(next.size(), next.getFirst().entry().appendedAt(), true);
  }

  private static void write(SqlConnection connection, ProjectedEntries entries, Place place) {
    // On their way together: the database works while the next is laid out.
    Future<RowSet<Row>> search = connection.preparedQuery(SEARCH).execute(entries.search());
    Future<RowSet<Row>> agents =
        entries.hasAgents()
            ? connection.preparedQuery(AGENTS).execute(entries.agents())
            : Future.succeededFuture();
    Future<RowSet<Row>> sums = connection.preparedQuery(SUMS).execute(entries.rollUps().sums());
    Future<RowSet<Row>> latencies =
        entries.rollUps().hasLatencies()
            ? connection.preparedQuery(LATENCIES).execute(entries.rollUps().latencies())
            : Future.succeededFuture();
    await(search);
    await(agents);
    await(sums);
    await(latencies);
    await(connection.preparedQuery(MOVE).execute(Tuple.of(place.batch(), place.ordinal())));
  }
}
