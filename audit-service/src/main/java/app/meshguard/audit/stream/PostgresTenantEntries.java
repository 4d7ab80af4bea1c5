package app.meshguard.audit.stream;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.log.LogEntries;
import app.meshguard.audit.log.LogEntry;
import app.meshguard.audit.platform.TenantLog;
import app.meshguard.wire.TenantId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** Reads a tenant's log as the tenant. */
@ApplicationScoped
class PostgresTenantEntries implements TenantEntries {
  private static final String NEXT =
      "SELECT coalesce(max(idx) + 1, 0) FROM log_entry WHERE tenant_id = $1";

  private static final String FROM =
      "SELECT "
          + LogEntries.COLUMNS
          + " FROM log_entry e WHERE e.tenant_id = $1 AND e.idx >= $2 ORDER BY e.idx LIMIT $3";

  private final TenantLog log;
  private final LogEntries entries;

  @Inject
  PostgresTenantEntries(TenantLog log, LogEntries entries) {
    this.log = log;
    this.entries = entries;
  }

  @Override
  public List<LogEntry> from(TenantId tenant, long index, int limit) {
    return log.read(
        tenant,
        connection -> {
          List<LogEntry> read = new ArrayList<>();
          Tuple wanted = Tuple.of(tenant.value(), index, limit);
          for (Row row : await(connection.preparedQuery(FROM).execute(wanted))) {
            read.add(entries.entry(tenant, row));
          }
          return read;
        });
  }

  /** The index that the tenant's next entry will have. */
  long next(TenantId tenant) {
    return log.read(
        tenant,
        connection ->
            await(connection.preparedQuery(NEXT).execute(Tuple.of(tenant.value())))
                .iterator()
                .next()
                .getLong(0));
  }
}
