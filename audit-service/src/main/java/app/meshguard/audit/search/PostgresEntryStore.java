package app.meshguard.audit.search;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.log.EntryId;
import app.meshguard.audit.log.LogEntries;
import app.meshguard.audit.log.LogEntry;
import app.meshguard.audit.platform.TenantLog;
import app.meshguard.audit.projection.WordsKey;
import app.meshguard.audit.seal.Payloads;
import app.meshguard.audit.search.FoundPlaces.Place;
import app.meshguard.audit.words.BlindWords;
import app.meshguard.wire.TenantId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a tenant's entries: found by the projection, answered from the log. */
@ApplicationScoped
public class PostgresEntryStore {
  private static final String AGENT_IDS =
      "SELECT agent_id FROM (SELECT DISTINCT agent_id FROM seen_agent WHERE tenant_id = $1"
          + " AND name = $2 LIMIT 100) AS named UNION SELECT $2";
  private static final String TRACE =
      "SELECT idx, appended_at, decided_at FROM search WHERE tenant_id = $1 AND trace_id = $2"
          + " ORDER BY decided_at, idx LIMIT $3";
  private static final String ENTRIES =
      "SELECT "
          + LogEntries.COLUMNS
          + " FROM unnest($2::bigint[], $3::timestamptz[]) AS wanted (idx, appended_at)"
          + " JOIN log_entry e ON e.tenant_id = $1 AND e.idx = wanted.idx"
          + " AND e.appended_at = wanted.appended_at";

  // A record may have 64 KiB, so a page is bounded by its bytes too; it holds at least one record.
  private static final String DECISIONS =
      "SELECT e.*, decided_at, found FROM (SELECT *, count(*) OVER () AS found,"
          + " sum(bytes) OVER (ORDER BY decided_at, idx) - bytes AS before"
          + " FROM (SELECT p.idx, p.decided_at, p.appended_at, octet_length(coalesce(l.payload,"
          + " l.leaf)) AS bytes FROM (SELECT idx, decided_at, appended_at FROM search"
          + " WHERE tenant_id = $1 AND kind = 'decision' AND decided_at < $2"
          + " AND (decided_at, idx) >= ($3, $4) ORDER BY decided_at, idx LIMIT $5) AS p"
          + " JOIN log_entry l ON l.tenant_id = $1 AND l.idx = p.idx"
          + " AND l.appended_at = p.appended_at) AS page) AS measured CROSS JOIN LATERAL (SELECT "
          + LogEntries.COLUMNS
          + " FROM log_entry e WHERE e.tenant_id = $1 AND e.idx = measured.idx"
          + " AND e.appended_at = measured.appended_at) AS e"
          + " WHERE before < $6 ORDER BY decided_at, e.idx";
  // After the columns of the log.
  private static final int DECIDED_AT = 7;
  private static final int FOUND = 8;
  private static final int PAGE_BYTES = 4 << 20;
  private static final String KNOWN = "SELECT FROM log_entry WHERE tenant_id = $1 LIMIT 1";

  private final TenantLog log;
  private final LogEntries entries;
  private final Payloads payloads;
  private final WordPlaces wordPlaces;

  @Inject
  PostgresEntryStore(TenantLog log, LogEntries entries, Payloads payloads, WordPlaces wordPlaces) {
    this.log = log;
    this.entries = entries;
    this.payloads = payloads;
    this.wordPlaces = wordPlaces;
  }

  /** The page that is asked for. */
  FoundPage find(TenantId tenant, EntrySearch search) {
    Set<String> words = search.filter().words();
    List<Long[]> hashes = words.isEmpty() ? List.of() : hashes(tenant, words);
    return log.read(
        tenant,
        connection -> {
          // The newest few of many: an index in its order, never all of them and a sort.
          connection.query("SET LOCAL enable_bitmapscan = off").execute();
          PlaceFinder finder =
              new PlaceFinder(
                  connection,
                  tenant,
                  search,
                  agentIds(connection, tenant, search.filter()),
                  hashes,
                  words.isEmpty() ? null : wordPlaces);
          FoundPlaces found = finder.find();
          @Nullable EntryCount count = search.count() ? finder.count() : null;
          return new FoundPage(found, read(connection, tenant, found.places()), count);
        });
  }

  private List<Long[]> hashes(TenantId tenant, Set<String> words) {
    return payloads.tenantKeys(tenant, WordsKey.PURPOSE).stream()
        .map(key -> Arrays.stream(new BlindWords(key).hashes(words)).boxed().toArray(Long[]::new))
        .toList();
  }

  /** The entries at these places, in their order. */
  private List<StoredEntry> read(SqlConnection connection, TenantId tenant, List<Place> places) {
    Long[] indexes = places.stream().map(Place::index).toArray(Long[]::new);
    OffsetDateTime[] times =
        places.stream()
            .map(place -> place.appendedAt().atOffset(ZoneOffset.UTC))
            .toArray(OffsetDateTime[]::new);
    Map<Long, LogEntry> read = new HashMap<>();
    if (!places.isEmpty()) {
      Tuple wanted =
          Tuple.of(tenant.value()).addArrayOfLong(indexes).addArrayOfOffsetDateTime(times);
      for (Row row : await(connection.preparedQuery(ENTRIES).execute(wanted))) {
        LogEntry entry = entries.entry(tenant, row);
        read.put(entry.index(), entry);
      }
    }
    List<StoredEntry> stored = new ArrayList<>();
    for (Place place : places) {
      LogEntry entry = read.get(place.index());
      // What the log has dropped meanwhile is no entry any more.
      if (entry != null) {
        stored.add(new StoredEntry(entry, place.decidedAt()));
      }
    }
    return stored;
  }

  /** The entry of that id in this tenant's log, whether it was projected yet or not. */
  public Optional<LogEntry> find(TenantId tenant, EntryId id) {
    return log.read(tenant, connection -> entries.one(connection, tenant, id.index()))
        .filter(entry -> EntryId.of(entry.index(), entry.leaf()).equals(id));
  }

  /** The entries of a trace, oldest first. */
  public List<LogEntry> trace(TenantId tenant, String traceId, int limit) {
    return log.read(
        tenant,
        connection -> {
          List<Place> places = new ArrayList<>();
          for (Row row :
              await(
                  connection
                      .preparedQuery(TRACE)
                      .execute(Tuple.of(tenant.value(), traceId, limit)))) {
            places.add(PlaceFinder.place(row));
          }
          return read(connection, tenant, places).stream().map(StoredEntry::entry).toList();
        });
  }

  /** A page of the tenant's decisions; empty when the log holds nothing of the tenant. */
  Optional<RecordPage> decisions(TenantId tenant, RecordPeriod period) {
    return log.read(
        tenant,
        connection ->
            await(connection.preparedQuery(KNOWN).execute(Tuple.of(tenant.value()))).size() == 0
                ? Optional.empty()
                : Optional.of(decisions(connection, tenant, period)));
  }

  private RecordPage decisions(SqlConnection connection, TenantId tenant, RecordPeriod period) {
    Cursor start = period.start();
    RowSet<Row> rows =
        await(
            connection
                .preparedQuery(DECISIONS)
                .execute(
                    Tuple.of(
                        tenant.value(),
                        period.to().atOffset(ZoneOffset.UTC),
                        start.decidedAt().atOffset(ZoneOffset.UTC),
                        start.index(),
                        period.limit() + 1,
                        PAGE_BYTES)));
    List<byte[]> records = new ArrayList<>();
    @Nullable Cursor next = null;
    int read = 0;
    for (Row row : rows) {
      if (read < period.limit()) {
        read++;
        next = Cursor.at(row.getOffsetDateTime(DECIDED_AT).toInstant(), row.getLong(0));
        byte[] record = entries.entry(tenant, row).record();
        if (record != null) {
          records.add(record);
        }
      }
    }
    boolean more = rows.size() > 0 && rows.iterator().next().getLong(FOUND) > read;
    return new RecordPage(records, more ? next : null);
  }

  private static List<String> agentIds(
      SqlConnection connection, TenantId tenant, EntryFilter filter) {
    List<String> ids = new ArrayList<>();
    if (filter.agent() != null) {
      for (Row row :
          await(
              connection
                  .preparedQuery(AGENT_IDS)
                  .execute(Tuple.of(tenant.value(), filter.agent())))) {
        ids.add(row.getString(0));
      }
    }
    return ids;
  }
}
