package app.meshguard.audit.stats;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.platform.TenantLog;
import app.meshguard.wire.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sums over a tenant's entries of a period, by the index on tenant and time. */
@ApplicationScoped
class PostgresAuditStatistics {
  private static final String OF_PERIOD =
      " FROM entry WHERE tenant_id = $1 AND decided_at >= $2 AND decided_at < $3"
          + " AND kind <> 'outcome'";

  /** One pass, four groupings and the whole; of each grouping the ten greatest. */
  private static final String COUNTS =
      "SELECT * FROM (SELECT grouping(agent_id, policy, action) AS grouped, agent_id,"
          + " max(agent_name) AS agent_name, policy, rule, action, count(*) AS total,"
          + " count(*) FILTER (WHERE decision = 'allow') AS allow,"
          + " count(*) FILTER (WHERE decision = 'deny') AS deny,"
          + " count(*) FILTER (WHERE decision = 'pending_approval') AS pending,"
          + " row_number() OVER (PARTITION BY grouping(agent_id, policy, action)"
          + " ORDER BY count(*) DESC, agent_id, policy, rule, action) AS place"
          + OF_PERIOD
          + " GROUP BY GROUPING SETS ((agent_id), (policy, rule), (action), ())) AS counted"
          + " WHERE place <= 10 ORDER BY grouped, place";

  private static final String LATENCY =
      "SELECT percentile_disc(ARRAY[0.5, 0.95, 0.99, 1]) WITHIN GROUP (ORDER BY latency_us)"
          + OF_PERIOD
          + " AND latency_us IS NOT NULL";

  private static final int BY_AGENT = 0b011;
  private static final int BY_RULE = 0b101;
  private static final int BY_ACTION = 0b110;

  private final TenantLog log;

  @Inject
  PostgresAuditStatistics(TenantLog log) {
    this.log = log;
  }

  AuditStats of(TenantId tenant, Instant from, Instant to) {
    Tuple period =
        Tuple.of(tenant.value(), from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC));
    return log.read(
        tenant,
        connection -> {
          Future<RowSet<Row>> counts = connection.preparedQuery(COUNTS).execute(period);
          Future<RowSet<Row>> latency = connection.preparedQuery(LATENCY).execute(period);
          return stats(from, to, await(counts), latency(await(latency).iterator().next()));
        });
  }

  private static AuditStats stats(
      Instant from, Instant to, RowSet<Row> rows, AuditStats.@Nullable Latency latency) {
    List<AuditStats.OfAgent> agents = new ArrayList<>();
    List<AuditStats.OfRule> rules = new ArrayList<>();
    List<AuditStats.OfAction> actions = new ArrayList<>();
    AuditStats.Counts whole = new AuditStats.Counts(0, 0, 0, 0);
    for (Row row : rows) {
      AuditStats.Counts n =
          new AuditStats.Counts(
              row.getLong("total"),
              row.getLong("allow"),
              row.getLong("deny"),
              row.getLong("pending"));
      switch (row.getInteger("grouped")) {
        case BY_AGENT ->
            agents.add(
                new AuditStats.OfAgent(
                    row.getString("agent_id"),
                    row.getString("agent_name"),
                    n.total(),
                    n.allow(),
                    n.deny(),
                    n.pendingApproval()));
        case BY_RULE ->
            rules.add(
                new AuditStats.OfRule(
                    row.getString("policy"),
                    row.getString("rule"),
                    n.total(),
                    n.allow(),
                    n.deny(),
                    n.pendingApproval()));
        case BY_ACTION ->
            actions.add(
                new AuditStats.OfAction(
                    row.getString("action"), n.total(), n.allow(), n.deny(), n.pendingApproval()));
        default -> whole = n;
      }
    }
    Map<String, Long> decisions = new LinkedHashMap<>();
    decisions.put("allow", whole.allow());
    decisions.put("deny", whole.deny());
    decisions.put("pending_approval", whole.pendingApproval());
    return new AuditStats(
        from.toString(), to.toString(), whole.total(), decisions, agents, rules, actions, latency);
  }

  private static AuditStats.@Nullable Latency latency(Row row) {
    Long[] of = row.getArrayOfLongs(0);
    return of == null ? null : new AuditStats.Latency(of[0], of[1], of[2], of[3]);
  }
}
