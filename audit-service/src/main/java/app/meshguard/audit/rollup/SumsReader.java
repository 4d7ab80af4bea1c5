package app.meshguard.audit.rollup;

import static app.meshguard.audit.platform.Database.await;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads sums on a connection that sees the tenant's rows. */
public final class SumsReader {
  private static final String SUMMED =
      "sum(total)::bigint, sum(allow)::bigint, sum(deny)::bigint, sum(pending)::bigint,"
          + " sum(latency_sum)::bigint, sum(latency_count)::bigint, max(latency_max), max(last_at)";
  private static final double[] QUANTILES = {0.5, 0.95, 0.99};

  private final SqlConnection connection;

  public SumsReader(SqlConnection connection) {
    this.connection = connection;
  }

  /** The whole of a period. */
  public Sum whole(Sums period) {
    List<Sum> sums = top(period, Dimension.ALL, 1);
    return sums.isEmpty() ? Sum.NOTHING : sums.getFirst();
  }

  /** The keys with most, most first. */
  public List<Sum> top(Sums period, Dimension dimension, int limit) {
    return read(
        "SELECT null::timestamptz, key, "
            + SUMMED
            + " FROM "
            + Sums.by(dimension)
            + " GROUP BY key ORDER BY 3 DESC, key LIMIT "
            + limit,
        period.parameters());
  }

  /** How many keys there are, the empty one aside. */
  public long keys(Sums period, Dimension dimension) {
    return await(
            connection
                .preparedQuery(
                    "SELECT count(DISTINCT key) FROM " + Sums.by(dimension) + " WHERE key <> ''")
                .execute(period.parameters()))
        .iterator()
        .next()
        .getLong(0);
  }

  /** Bucket by bucket, oldest first; what is empty is left out. */
  public List<Sum> series(Sums period, Bucket bucket) {
    return read(
        "SELECT "
            + bucket.start()
            + " AS start, '', "
            + SUMMED
            + " FROM "
            + Sums.by(Dimension.ALL)
            + " GROUP BY start ORDER BY start",
        bucket == Bucket.DAY ? period.parameters() : period.hourly());
  }

  /** How long decisions took; null when nobody told. */
  public @Nullable Percentiles latency(Sums period, long max) {
    List<long[]> buckets = new ArrayList<>();
    long count = 0;
    for (Row row :
        await(
            connection
                .preparedQuery(
                    "SELECT bucket, sum(entries)::bigint FROM "
                        + Sums.latencies()
                        + " GROUP BY bucket ORDER BY bucket")
                .execute(period.parameters()))) {
      buckets.add(new long[] {row.getInteger(0), row.getLong(1)});
      count += row.getLong(1);
    }
    if (count == 0) {
      return null;
    }
    long[] found = new long[QUANTILES.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = Math.min(max, at(buckets, (long) Math.ceil(QUANTILES[i] * count)));
    }
    return new Percentiles(found[0], found[1], found[2], max);
  }

  private static long at(List<long[]> buckets, long rank) {
    long seen = 0;
    for (long[] bucket : buckets) {
      seen += bucket[1];
      if (seen >= rank) {
        return LatencyBuckets.upperEnd((int) bucket[0]);
      }
    }
    throw new IllegalStateException("the rank is beyond the count");
  }

  /**
   * One cell of a heat map.
   *
   * @param band 0 below 64 microseconds, then one for each doubling
   */
  public record Cell(Instant at, int band, long entries) {}

  /** How many decisions took how long, bucket by bucket. */
  public List<Cell> heat(Sums period, Bucket bucket) {
    List<Cell> cells = new ArrayList<>();
    for (Row row :
        await(
            connection
                .preparedQuery(
                    "SELECT "
                        + bucket.start()
                        + " AS start, CASE WHEN bucket < 64 THEN 0 ELSE (bucket - 64) / 32 + 1 END"
                        + " AS band, sum(entries)::bigint FROM "
                        + Sums.latencies()
                        + " GROUP BY start, band ORDER BY start, band")
                .execute(bucket == Bucket.DAY ? period.parameters() : period.hourly()))) {
      cells.add(new Cell(row.getOffsetDateTime(0).toInstant(), row.getInteger(1), row.getLong(2)));
    }
    return cells;
  }

  private List<Sum> read(String sql, Tuple parameters) {
    List<Sum> sums = new ArrayList<>();
    for (Row row : await(connection.preparedQuery(sql).execute(parameters))) {
      sums.add(
          new Sum(
              instant(row.getOffsetDateTime(0)),
              row.getString(1),
              row.getLong(2),
              row.getLong(3),
              row.getLong(4),
              row.getLong(5),
              row.getLong(6),
              row.getLong(7),
              row.getLong(8),
              instant(row.getOffsetDateTime(9))));
    }
    return sums;
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
