package app.meshguard.audit.search;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.platform.Database;
import app.meshguard.audit.search.FoundPlaces.Place;
import app.meshguard.wire.TenantId;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the index of words. The tenant's own policy would keep PostgreSQL from using it (no operator
 * of arrays is declared leakproof), so the role of the feed asks: for places only, which are then
 * read as the tenant's. The hashes are made with the tenant's key: another tenant's rows hold none
 * of them.
 */
@ApplicationScoped
class WordPlaces {
  /** With more than these, words are not rare, and looking at entries finds them soon. */
  static final int MOST = 5_000;

  private static final int STATEMENT_MILLIS = 5_000;
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private final Pool pool;

  @Inject
  WordPlaces(@ReactiveDataSource("feed") Pool pool) {
    this.pool = pool;
  }

  /**
   * The places that hold the words of the search, beyond its cursor; more than the most, or all.
   */
  List<Place> of(TenantId tenant, EntrySearch search, List<Long[]> words) {
    return Database.inTransaction(
        pool,
        connection -> {
          Database.limits(connection, STATEMENT_MILLIS, STATEMENT_MILLIS);
          connection
              .query(
                  "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off;"
                      + " SET LOCAL enable_indexonlyscan = off;"
                      + " SET LOCAL plan_cache_mode = force_custom_plan")
              .execute();
          // The hashes are this tenant's alone: its other index would only be read beside theirs.
          List<Place> places = new ArrayList<>();
          for (Long[] hashes : words) {
            Tuple parameters =
                Tuple.of(
                        tenant.value(),
                        from(search).atOffset(ZoneOffset.UTC),
                        to(search).atOffset(ZoneOffset.UTC),
                        MOST + 1)
                    .addArrayOfLong(hashes);
            for (Row row :
                await(
                    connection
                        .preparedQuery(
                            "SELECT idx, decided_at FROM search WHERE tenant_id || '' = $1"
                                + " AND decided_at >= $2 AND decided_at < $3"
                                + " AND words @> $5::bigint[] LIMIT $4")
                        .execute(parameters))) {
              Instant decidedAt = row.getOffsetDateTime(1).toInstant();
              places.add(new Place(row.getLong(0), decidedAt, decidedAt));
            }
          }
          return places;
        });
  }

  private static Instant from(EntrySearch search) {
    @Nullable Instant from = search.filter().from();
    Cursor cursor = search.cursor();
    if (cursor != null && !search.readsDown()) {
      return from != null && from.isAfter(cursor.decidedAt()) ? from : cursor.decidedAt();
    }
    return from == null ? EARLIEST : from;
  }

  private static Instant to(EntrySearch search) {
    @Nullable Instant to = search.filter().to();
    Cursor cursor = search.cursor();
    if (cursor != null && search.readsDown()) {
      // What was decided in the cursor's own microsecond counts: the index tells the rest.
      Instant after = cursor.decidedAt().plusNanos(1_000);
      return to != null && to.isBefore(after) ? to : after;
    }
    return to == null ? LATEST : to;
  }
}
