package app.meshguard.audit.query;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.log.EntryId;
import app.meshguard.audit.platform.TenantLog;
import app.meshguard.wire.TenantId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a tenant's entries. */
@ApplicationScoped
class PostgresEntryStore {
  private static final String BY_INDEX =
      "SELECT idx, appended_at, decided_at, record FROM entry WHERE tenant_id = $1 AND idx = $2";
  private static final String AGENT_IDS =
      "SELECT agent_id FROM agent_name WHERE tenant_id = $1 AND name = $2 UNION SELECT $2";

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
