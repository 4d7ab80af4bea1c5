package app.meshguard.audit.analytics;

import app.meshguard.audit.analytics.Overview.Trend;
import app.meshguard.audit.platform.TenantLog;
import app.meshguard.audit.rollup.Bucket;
import app.meshguard.audit.rollup.Dimension;
import app.meshguard.audit.rollup.LatencyBuckets;
import app.meshguard.audit.rollup.Percentiles;
import app.meshguard.audit.rollup.SeenAgents;
import app.meshguard.audit.rollup.Sum;
import app.meshguard.audit.rollup.Sums;
import app.meshguard.audit.rollup.SumsReader;
import app.meshguard.wire.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes charts of the sums that are kept of hours and days. */
@ApplicationScoped
class PostgresAnalytics {
  private static final int ALL_TIERS = 100;

  private final TenantLog log;

  @Inject
  PostgresAnalytics(TenantLog log) {
    this.log = log;
  }

  private record Figures(Sum sum, long agents, @Nullable Percentiles latency) {
    @Nullable Double denials() {
      return sum.total() == 0 ? null : percent(sum.deny(), sum.total());
    }

    @Nullable Double latency(ToLongFunction<Percentiles> of) {
      return latency == null ? null : (double) of.applyAsLong(latency);
    }
  }

  Overview overview(TenantId tenant, Period period) {
    return log.read(
        tenant,
        connection -> {
          SumsReader reader = new SumsReader(connection);
          Figures now = figures(reader, period.of(tenant));
          Figures before = figures(reader, period.before(tenant));
          return new Overview(
              period.name(),
              period.from().toString(),
              period.to().toString(),
              period.before(tenant).from().toString(),
              Trend.of(now.sum().total(), before.sum().total()),
              Trend.of(now.sum().allow(), before.sum().allow()),
              Trend.of(now.sum().deny(), before.sum().deny()),
              Trend.of(now.sum().pending(), before.sum().pending()),
              Trend.of(now.denials(), before.denials()),
              Trend.of(now.agents(), before.agents()),
              Trend.of(now.latency(Percentiles::p50), before.latency(Percentiles::p50)),
              Trend.of(now.latency(Percentiles::p95), before.latency(Percentiles::p95)),
              Trend.of(now.latency(Percentiles::p99), before.latency(Percentiles::p99)));
        });
  }

  private static Figures figures(SumsReader reader, Sums period) {
    Sum whole = reader.whole(period);
    return new Figures(
        whole, reader.keys(period, Dimension.AGENT), reader.latency(period, whole.latencyMax()));
  }

  TimeSeries timeSeries(TenantId tenant, Period period, Bucket bucket) {
    return log.read(
        tenant,
        connection -> {
          Map<Instant, Sum> sums = new HashMap<>();
          for (Sum sum : new SumsReader(connection).series(period.of(tenant), bucket)) {
            sums.put(sum.at(), sum);
          }
          List<TimeSeries.Point> points =
              starts(period, bucket).map(at -> point(at, sums.get(at))).toList();
          return new TimeSeries(
              period.name(),
              period.from().toString(),
              period.to().toString(),
              name(bucket),
              points);
        });
  }

  private static TimeSeries.Point point(Instant at, @Nullable Sum sum) {
    return sum == null
        ? new TimeSeries.Point(at.toString(), 0, 0, 0, 0, null)
        : new TimeSeries.Point(
            at.toString(), sum.total(), sum.allow(), sum.deny(), sum.pending(), sum.latencyMean());
  }

  private static Stream<Instant> starts(Period period, Bucket bucket) {
    return Stream.iterate(
        period.from().truncatedTo(bucket.unit()),
        at -> at.isBefore(period.to()),
        at -> at.plus(1, bucket.unit()));
  }

  Rankings.Agents agents(TenantId tenant, Period period, int limit) {
    return log.read(
        tenant,
        connection -> {
          List<Sum> sums =
              new SumsReader(connection).top(period.of(tenant), Dimension.AGENT, limit);
          SeenAgents seen = SeenAgents.of(connection, tenant, sums.stream().map(Sum::key).toList());
          return new Rankings.Agents(
              period.name(),
              period.from().toString(),
              period.to().toString(),
              sums.stream()
                  .map(
                      sum ->
                          new Rankings.OfAgent(
                              known(sum.key()),
                              seen.name(sum.key()),
                              seen.trustTier(sum.key()),
                              sum.total(),
                              sum.allow(),
                              sum.deny(),
                              sum.pending(),
                              percent(sum.deny(), sum.total()),
                              sum.latencyMean(),
                              text(sum.lastAt())))
                  .toList());
        });
  }

  Rankings.Policies policies(TenantId tenant, Period period, int limit) {
    return log.read(
        tenant,
        connection ->
            new Rankings.Policies(
                period.name(),
                period.from().toString(),
                period.to().toString(),
                new SumsReader(connection)
                    .top(period.of(tenant), Dimension.RULE, limit).stream()
                        .map(
                            sum ->
                                new Rankings.OfRule(
                                    known(sum.part(0)),
                                    known(sum.part(1)),
                                    sum.total(),
                                    sum.allow(),
                                    sum.deny(),
                                    sum.pending(),
                                    percent(sum.deny(), sum.total()),
                                    text(sum.lastAt())))
                        .toList()));
  }

  Rankings.Tiers tiers(TenantId tenant, Period period) {
    return log.read(
        tenant,
        connection -> {
          List<Sum> sums =
              new SumsReader(connection).top(period.of(tenant), Dimension.TIER, ALL_TIERS);
          Map<String, Long> agents = SeenAgents.tiers(connection, tenant, period.from());
          long total = sums.stream().mapToLong(Sum::total).sum();
          return new Rankings.Tiers(
              period.name(),
              period.from().toString(),
              period.to().toString(),
              sums.stream()
                  .map(
                      sum ->
                          new Rankings.OfTier(
                              known(sum.key()),
                              agents.getOrDefault(sum.key(), 0L),
                              sum.total(),
                              sum.allow(),
                              sum.deny(),
                              sum.pending(),
                              percent(sum.total(), total)))
                  .toList());
        });
  }

  Rankings.Delegations delegations(TenantId tenant, Period period, int limit) {
    return log.read(
        tenant,
        connection -> {
          List<Sum> sums =
              new SumsReader(connection).top(period.of(tenant), Dimension.HANDOVER, limit);
          SeenAgents seen =
              SeenAgents.of(
                  connection,
                  tenant,
                  sums.stream().flatMap(sum -> Stream.of(sum.part(0), sum.part(1))).toList());
          return new Rankings.Delegations(
              period.name(),
              period.from().toString(),
              period.to().toString(),
              sums.stream()
                  .map(
                      sum ->
                          new Rankings.Delegation(
                              sum.part(0),
                              seen.name(sum.part(0)),
                              sum.part(1),
                              seen.name(sum.part(1)),
                              sum.total(),
                              text(sum.lastAt())))
                  .toList());
        });
  }

  HeatMap heatMap(TenantId tenant, Period period, Bucket bucket) {
    return log.read(
        tenant,
        connection -> {
          List<SumsReader.Cell> cells = new SumsReader(connection).heat(period.of(tenant), bucket);
          int first = cells.stream().mapToInt(SumsReader.Cell::band).min().orElse(0);
          int last = cells.stream().mapToInt(SumsReader.Cell::band).max().orElse(-1);
          Map<Instant, long[]> counts = new HashMap<>();
          for (SumsReader.Cell cell : cells) {
            counts
                    .computeIfAbsent(cell.at(), at -> new long[last - first + 1])[
                    cell.band() - first] +=
                cell.entries();
          }
          List<HeatMap.Band> bands = new ArrayList<>();
          for (int band = first; band <= last; band++) {
            bands.add(
                band == 0
                    ? new HeatMap.Band(0, LatencyBuckets.upperEnd(63))
                    : new HeatMap.Band(64L << band - 1, (64L << band) - 1));
          }
          return new HeatMap(
              period.name(),
              period.from().toString(),
              period.to().toString(),
              name(bucket),
              bands,
              starts(period, bucket)
                  .map(
                      at ->
                          new HeatMap.Row(
                              at.toString(),
                              LongStream.of(counts.getOrDefault(at, new long[bands.size()]))
                                  .boxed()
                                  .toList()))
                  .toList());
        });
  }

  private static String name(Bucket bucket) {
    return bucket.name().toLowerCase(Locale.ROOT);
  }

  private static double percent(long part, long whole) {
    return whole == 0 ? 0 : Overview.rounded(100.0 * part / whole);
  }

  private static @Nullable String known(String key) {
    return key.isEmpty() ? null : key;
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
