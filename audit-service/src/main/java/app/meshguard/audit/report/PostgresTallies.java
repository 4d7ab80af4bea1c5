package app.meshguard.audit.report;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.platform.TenantLog;
import app.meshguard.wire.TenantId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what search would find: the rows that it searches in. */
@ApplicationScoped
class PostgresTallies {
  private static final String OF_PERIOD =
      " FROM search WHERE tenant_id = $1 AND decided_at >= $2 AND decided_at < $3 ";
  private static final String TALLIES =
      "SELECT kind, decision, code, event, agent_id, policy, rule, count(*)"
          + OF_PERIOD
          + "GROUP BY 1, 2, 3, 4, 5, 6, 7";
  private static final String DAYS =
      "SELECT (decided_at AT TIME ZONE 'UTC')::date, kind, decision, count(*)"
          + OF_PERIOD
          + "GROUP BY 1, 2, 3";
  private static final String NAMES =
      "SELECT DISTINCT ON (agent_id) agent_id, name FROM seen_agent WHERE tenant_id = $1"
          + " ORDER BY agent_id, last_at DESC";
  private static final String LOG =
      "SELECT origin, size, root, signed_at, state FROM log WHERE tenant_id = $1"
          + " ORDER BY epoch DESC LIMIT 1";

  private final TenantLog log;

  @Inject
  PostgresTallies(TenantLog log) {
    this.log = log;
  }

  List<Tally> of(TenantId tenant, ReportPeriod period) {
    return log.read(
        tenant,
        connection -> {
          List<Tally> tallies = new ArrayList<>();
          for (Row row :
              await(connection.preparedQuery(TALLIES).execute(parameters(tenant, period)))) {
            tallies.add(
                new Tally(
                    row.getString(0),
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getLong(7)));
          }
          return tallies;
        });
  }

  /** The same by days of UTC, without what days are not told apart by. */
  SortedMap<LocalDate, List<Tally>> ofDays(TenantId tenant, ReportPeriod period) {
    return log.read(
        tenant,
        connection -> {
          SortedMap<LocalDate, List<Tally>> days = new TreeMap<>();
          for (Row row :
              await(connection.preparedQuery(DAYS).execute(parameters(tenant, period)))) {
            days.computeIfAbsent(row.getLocalDate(0), day -> new ArrayList<>())
                .add(
                    new Tally(
                        row.getString(1),
                        row.getString(2),
                        null,
                        null,
                        null,
                        null,
                        null,
                        row.getLong(3)));
          }
          return days;
        });
  }

  /** The newest name of each agent, by its id. */
  Map<String, String> agentNames(TenantId tenant) {
    return log.read(
        tenant,
        connection -> {
          Map<String, String> names = new HashMap<>();
          for (Row row : await(connection.preparedQuery(NAMES).execute(Tuple.of(tenant.value())))) {
            names.put(row.getString(0), row.getString(1));
          }
          return names;
        });
  }

  /** The head of the tenant's log, as it was signed last. */
  record Head(String origin, long size, byte[] root, Optional<Instant> signedAt, String state) {}

  Optional<Head> head(TenantId tenant) {
    return log.read(
        tenant,
        connection -> {
          for (Row row : await(connection.preparedQuery(LOG).execute(Tuple.of(tenant.value())))) {
            return Optional.of(
                new Head(
                    row.getString(0),
                    row.getLong(1),
                    row.getBuffer(2).getBytes(),
                    Optional.ofNullable(row.getOffsetDateTime(3)).map(OffsetDateTime::toInstant),
                    row.getString(4)));
          }
          return Optional.empty();
        });
  }

  private static Tuple parameters(TenantId tenant, ReportPeriod period) {
    return Tuple.of(
        tenant.value(),
        period.from().atOffset(ZoneOffset.UTC),
        period.to().atOffset(ZoneOffset.UTC));
  }
}
