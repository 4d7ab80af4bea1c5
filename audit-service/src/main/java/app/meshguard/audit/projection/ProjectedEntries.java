package app.meshguard.audit.projection;

import app.meshguard.audit.log.LogEntry;
import app.meshguard.wire.TenantId;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Entries on their way from the log into the tables, laid out as {@code unnest} takes them. */
final class ProjectedEntries {
  private record Row(
      TenantId tenant, LogEntry entry, EntryColumns columns, @Nullable String words) {}

  private record Agent(String tenant, String id, String name) implements Comparable<Agent> {
    @Override
    public int compareTo(Agent other) {
      int order = tenant.compareTo(other.tenant);
      order = order != 0 ? order : id.compareTo(other.id);
      return order != 0 ? order : name.compareTo(other.name);
    }
  }

  private record Seen(@Nullable String tier, Instant firstAt, Instant lastAt) {
    Seen and(Seen other) {
      boolean later = !other.lastAt.isBefore(lastAt);
      return new Seen(
          later ? other.tier : tier,
          other.firstAt.isBefore(firstAt) ? other.firstAt : firstAt,
          later ? other.lastAt : lastAt);
    }
  }

  private final List<Row> rows = new ArrayList<>();
  private final Map<Agent, Seen> agents = new TreeMap<>();
  private final RollUps rollUps = new RollUps();

  /** Adds an entry; of one that was erased there is its leaf. */
  void add(TenantId tenant, LogEntry entry, TenantWords words) {
    byte[] record = entry.record();
    EntryColumns columns =
        ColumnReader.read(record == null ? entry.leaf() : record, entry.appendedAt());
    rows.add(
        new Row(
            tenant, entry, columns, record == null ? null : words.hashes(tenant, columns.words())));
    rollUps.add(tenant, columns);
    String id = columns.agentId();
    String name = columns.agentName();
    if (id != null && name != null) {
      agents.merge(
          new Agent(tenant.value(), id, name),
          new Seen(columns.trustTier(), columns.decidedAt(), columns.decidedAt()),
          Seen::and);
    }
  }

  int size() {
    return rows.size();
  }

  boolean hasAgents() {
    return !agents.isEmpty();
  }

  RollUps rollUps() {
    return rollUps;
  }

  /** The columns of search in the order of the insert. */
  Tuple search() {
    Tuple tuple =
        Tuple.tuple()
            .addArrayOfString(rows.stream().map(row -> row.tenant().value()).toArray(String[]::new))
            .addArrayOfLong(rows.stream().map(row -> row.entry().index()).toArray(Long[]::new))
            .addArrayOfOffsetDateTime(times(row -> row.columns().decidedAt()))
            .addArrayOfOffsetDateTime(times(row -> row.entry().appendedAt()))
            .addArrayOfLong(
                rows.stream().map(row -> row.columns().latencyUs()).toArray(Long[]::new))
            .addArrayOfString(rows.stream().map(Row::words).toArray(String[]::new));
    List<Function<EntryColumns, @Nullable String>> texts =
        List.of(
            EntryColumns::kind,
            EntryColumns::decision,
            EntryColumns::decisionId,
            EntryColumns::parentId,
            EntryColumns::spanId,
            EntryColumns::agentId,
            EntryColumns::agentName,
            EntryColumns::trustTier,
            EntryColumns::toAgent,
            EntryColumns::action,
            EntryColumns::resource,
            EntryColumns::policy,
            EntryColumns::rule,
            EntryColumns::code,
            EntryColumns::surface,
            EntryColumns::event,
            EntryColumns::traceId);
    for (Function<EntryColumns, @Nullable String> text : texts) {
      tuple.addArrayOfString(
          rows.stream().map(row -> text.apply(row.columns())).toArray(String[]::new));
    }
    return tuple;
  }

  /** Tenants, ids, names, tiers, first and last times of the agents. */
  Tuple agents() {
    return Tuple.tuple()
        .addArrayOfString(agents.keySet().stream().map(Agent::tenant).toArray(String[]::new))
        .addArrayOfString(agents.keySet().stream().map(Agent::id).toArray(String[]::new))
        .addArrayOfString(agents.keySet().stream().map(Agent::name).toArray(String[]::new))
        .addArrayOfString(agents.values().stream().map(Seen::tier).toArray(String[]::new))
        .addArrayOfOffsetDateTime(
            agents.values().stream()
                .map(seen -> utc(seen.firstAt()))
                .toArray(OffsetDateTime[]::new))
        .addArrayOfOffsetDateTime(
            agents.values().stream()
                .map(seen -> utc(seen.lastAt()))
                .toArray(OffsetDateTime[]::new));
  }

  private OffsetDateTime[] times(Function<Row, Instant> time) {
    return rows.stream().map(time).map(ProjectedEntries::utc).toArray(OffsetDateTime[]::new);
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
