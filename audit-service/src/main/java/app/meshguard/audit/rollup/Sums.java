package app.meshguard.audit.rollup;

import app.meshguard.wire.TenantId;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A period of one tenant as it is summed up: whole days and whole hours from the roll-ups, what
 * stands before and after them from the rows themselves. So a sum is exact to the microsecond, and
 * reads at most two hours of rows.
 */
public record Sums(TenantId tenant, Instant from, Instant to) {
  private static final String ROLLED =
      "((span = 'h' AND (at >= $2 AND at < $3 OR at >= $4 AND at < $5))"
          + " OR (span = 'd' AND at >= $3 AND at < $4))";
  private static final String EDGES =
      "(decided_at >= $6 AND decided_at < $2 OR decided_at >= $5 AND decided_at < $7)";

  /**
   * The sums by a dimension as a table expression with the columns at, key, total, allow, deny,
   * pending, latency_sum, latency_count, latency_max, last_at; takes {@link #parameters()}.
   */
  public static String by(Dimension dimension) {
    return "(SELECT at, key, total, allow, deny, pending, latency_sum, latency_count, latency_max,"
        + " last_at FROM rollup WHERE tenant_id = $1 AND dimension = '"
        + dimension.text()
        + "' AND "
        + ROLLED
        + " UNION ALL SELECT decided_at, "
        + dimension.keyOfRow()
        + ", 1, (decision = 'allow' IS TRUE)::int, (decision = 'deny' IS TRUE)::int,"
        + " (decision = 'pending_approval' IS TRUE)::int, coalesce(latency_us, 0),"
        + " (latency_us IS NOT NULL)::int, coalesce(latency_us, 0), decided_at"
        + " FROM search WHERE tenant_id = $1 AND "
        + dimension.counts()
        + " AND "
        + EDGES
        + ") AS sums";
  }

  /** The same of latencies: at, bucket, entries. */
  public static String latencies() {
    return "(SELECT at, bucket, entries FROM latency_rollup WHERE tenant_id = $1 AND "
        + ROLLED
        + " UNION ALL SELECT decided_at, latency_bucket(latency_us), 1 FROM search"
        + " WHERE tenant_id = $1 AND latency_us IS NOT NULL AND kind IN ('decision', 'refusal')"
        + " AND "
        + EDGES
        + ") AS latencies";
  }

  /** $1 the tenant, $2 to $5 the whole hours with the whole days in them, $6 and $7 the period. */
  public Tuple parameters() {
    return parameters(true);
  }

  /** The same, but every sum stands at its hour: days are not taken together. */
  public Tuple hourly() {
    return parameters(false);
  }

  private Tuple parameters(boolean days) {
    Instant firstHour = earlier(roundedUp(from, ChronoUnit.HOURS), to);
    Instant endHour = later(to.truncatedTo(ChronoUnit.HOURS), firstHour);
    Instant firstDay = days ? earlier(roundedUp(firstHour, ChronoUnit.DAYS), endHour) : endHour;
    Instant endDay = days ? later(endHour.truncatedTo(ChronoUnit.DAYS), firstDay) : endHour;
    Tuple parameters = Tuple.of(tenant.value());
    Stream.of(firstHour, firstDay, endDay, endHour, from, to)
        .forEach(time -> parameters.addOffsetDateTime(time.atOffset(ZoneOffset.UTC)));
    return parameters;
  }

  private static Instant roundedUp(Instant time, ChronoUnit unit) {
    Instant down = time.truncatedTo(unit);
    return down.equals(time) ? time : down.plus(1, unit);
  }

  private static Instant earlier(Instant a, Instant b) {
    return Stream.of(a, b).min(Comparator.naturalOrder()).orElseThrow();
  }

  private static Instant later(Instant a, Instant b) {
    return Stream.of(a, b).max(Comparator.naturalOrder()).orElseThrow();
  }
}
