package app.meshguard.audit.stats;

import app.meshguard.audit.platform.TenantLog;
import app.meshguard.audit.rollup.Dimension;
import app.meshguard.audit.rollup.Percentiles;
import app.meshguard.audit.rollup.SeenAgents;
import app.meshguard.audit.rollup.Sum;
import app.meshguard.audit.rollup.Sums;
import app.meshguard.audit.rollup.SumsReader;
import app.meshguard.wire.TenantId;
import io.vertx.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sums over a tenant's decisions of a period, from what is kept of hours and days. */
@ApplicationScoped
class PostgresAuditStatistics {
  private static final int GREATEST = 10;

  private final TenantLog log;

  @Inject
  PostgresAuditStatistics(TenantLog log) {
    this.log = log;
  }

  AuditStats of(TenantId tenant, Instant from, Instant to) {
    return log.read(tenant, connection -> of(connection, new Sums(tenant, from, to)));
  }

  private static AuditStats of(SqlConnection connection, Sums period) {
    SumsReader reader = new SumsReader(connection);
    Sum whole = reader.whole(period);
    Map<String, Long> decisions = new LinkedHashMap<>();
    decisions.put("allow", whole.allow());
    decisions.put("deny", whole.deny());
    decisions.put("pending_approval", whole.pending());
    Percentiles latency = reader.latency(period, whole.latencyMax());
    return new AuditStats(
        period.from().toString(),
        period.to().toString(),
        whole.total(),
        decisions,
        agents(connection, period, reader.top(period, Dimension.AGENT, GREATEST)),
        reader.top(period, Dimension.RULE, GREATEST).stream()
            .map(PostgresAuditStatistics::rule)
            .toList(),
        reader.top(period, Dimension.ACTION, GREATEST).stream()
            .map(
                sum ->
                    new AuditStats.OfAction(
                        known(sum.key()), sum.total(), sum.allow(), sum.deny(), sum.pending()))
            .toList(),
        latency == null
            ? null
            : new AuditStats.Latency(latency.p50(), latency.p95(), latency.p99(), latency.max()));
  }

  private static List<AuditStats.OfAgent> agents(
      SqlConnection connection, Sums period, List<Sum> sums) {
    SeenAgents seen =
        SeenAgents.of(connection, period.tenant(), sums.stream().map(Sum::key).toList());
    return sums.stream()
        .map(
            sum ->
                new AuditStats.OfAgent(
                    known(sum.key()),
                    seen.name(sum.key()),
                    sum.total(),
                    sum.allow(),
                    sum.deny(),
                    sum.pending()))
        .toList();
  }

  private static AuditStats.OfRule rule(Sum sum) {
    return new AuditStats.OfRule(
        known(sum.part(0)),
        known(sum.part(1)),
        sum.total(),
        sum.allow(),
        sum.deny(),
        sum.pending());
  }

  private static @Nullable String known(String key) {
    return key.isEmpty() ? null : key;
  }
}
