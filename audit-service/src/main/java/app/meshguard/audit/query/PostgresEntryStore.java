package app.meshguard.audit.query;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.log.EntryId;
import app.meshguard.audit.platform.TenantLog;
import app.meshguard.wire.TenantId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a tenant's entries. */
@ApplicationScoped
class PostgresEntryStore {
  private static final String BY_INDEX =
      "SELECT idx, appended_at, decided_at, record FROM entry WHERE tenant_id = $1 AND idx = $2";
  private static final String AGENT_IDS =
      "SELECT agent_id FROM agent_name WHERE tenant_id = $1 AND name = $2 UNION SELECT $2";

  // A record may have 64 KiB, so a page is bounded by its bytes too; it holds at least one record.
  private static final String DECISIONS =
      "SELECT idx, decided_at, record, found FROM (SELECT *, count(*) OVER () AS found,"
          + " sum(octet_length(record)) OVER (ORDER BY decided_at, idx) AS bytes"
          + " FROM (SELECT idx, decided_at, record FROM entry WHERE tenant_id = $1"
          + " AND kind = 'decision' AND decided_at < $2 AND (decided_at, idx) >= ($3, $4)"
          + " ORDER BY decided_at, idx LIMIT $5) AS page) AS measured"
          + " WHERE bytes - octet_length(record) < $6 ORDER BY decided_at, idx";
  private static final int PAGE_BYTES = 4 << 20;
  private static final String KNOWN = "SELECT FROM entry WHERE tenant_id = $1 LIMIT 1";

  private final TenantLog log;

  @Inject
  PostgresEntryStore(TenantLog log) {
    this.log = log;
  }

  /** The newest entries that match, one more than the filter's limit when there is a next page. */
  List<StoredEntry> find(TenantId tenant, EntryFilter filter) {
    return log.read(
        tenant,
        connection -> {
          EntryQuery query = new EntryQuery(tenant, filter, agentIds(connection, tenant, filter));
          List<StoredEntry> entries = new ArrayList<>();
          for (Row row : await(connection.preparedQuery(query.sql()).execute(query.parameters()))) {
            entries.add(stored(row));
          }
          return entries;
        });
  }

  /** The entry of that id in this tenant's log. */
  Optional<StoredEntry> find(TenantId tenant, EntryId id) {
    return log.read(
        tenant,
        connection -> {
          for (Row row :
              await(
                  connection
                      .preparedQuery(BY_INDEX)
                      .execute(Tuple.of(tenant.value(), id.index())))) {
            StoredEntry entry = stored(row);
            if (EntryId.of(entry.index(), entry.record()).equals(id)) {
              return Optional.of(entry);
            }
          }
          return Optional.empty();
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

  private static RecordPage decisions(
      SqlConnection connection, TenantId tenant, RecordPeriod period) {
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
    for (Row row : rows) {
      if (records.size() < period.limit()) {
        records.add(row.getBuffer(2).getBytes());
        next = Cursor.at(row.getOffsetDateTime(1).toInstant(), row.getLong(0));
      }
    }
    boolean more = rows.size() > 0 && rows.iterator().next().getLong(3) > records.size();
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

  private static StoredEntry stored(Row row) {
    return new StoredEntry(
        row.getLong(0),
        row.getOffsetDateTime(1).toInstant(),
        row.getOffsetDateTime(2).toInstant(),
        row.getBuffer(3).getBytes());
  }
}
