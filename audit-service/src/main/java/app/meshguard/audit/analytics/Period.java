package app.meshguard.audit.analytics;

import app.meshguard.audit.platform.QueryParameters;
import app.meshguard.audit.rollup.Bucket;
import app.meshguard.audit.rollup.Sums;
import app.meshguard.wire.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The time up to now that a chart shows.
 *
 * @param name 24h, 7d or 30d
 * @param to the first moment that does not count
 */
record Period(String name, Duration length, Instant to) {
  private static final Map<String, Duration> LENGTHS =
      Map.of("24h", Duration.ofHours(24), "7d", Duration.ofDays(7), "30d", Duration.ofDays(30));

  /** What was asked for. */
  record Asked(Period period, Bucket bucket, int limit) {}

  /**
   * Reads a period, or refuses the request with all that is wrong in it.
   *
   * @param also the parameters beside the period: bucket, limit or none of them
   */
  static Asked read(Map<String, List<String>> query, Set<String> also, Clock clock) {
    Set<String> known = new HashSet<>(also);
    known.add("period");
    QueryParameters parameters = new QueryParameters(query, known);
    String name = parameters.oneOf("period", List.of("24h", "7d", "30d"));
    String period = name == null ? "24h" : name;
    @Nullable String bucket = parameters.oneOf("bucket", List.of("hour", "day"));
    int limit = parameters.number("limit", 1, 200, 50);
    parameters.check();
    // What was decided in this very microsecond counts too.
    Instant end = clock.instant().truncatedTo(ChronoUnit.MICROS).plusNanos(1_000);
    return new Asked(
        new Period(period, LENGTHS.getOrDefault(period, Duration.ofHours(24)), end),
        bucket == null
            ? (period.equals("30d") ? Bucket.DAY : Bucket.HOUR)
            : Bucket.valueOf(bucket.toUpperCase(Locale.ROOT)),
        limit);
  }

  Instant from() {
    return to.minus(length);
  }

  Sums of(TenantId tenant) {
    return new Sums(tenant, from(), to);
  }

  /** The same length right before. */
  Sums before(TenantId tenant) {
    return new Sums(tenant, from().minus(length), from());
  }
}
