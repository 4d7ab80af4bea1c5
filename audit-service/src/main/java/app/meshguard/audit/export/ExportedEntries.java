package app.meshguard.audit.export;

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

/** Reads a tenant's log in pages, each in a transaction of its own: a long export holds nothing. */
@ApplicationScoped
class ExportedEntries {
  /** A record has 64 KiB at most: a page has a few megabytes at the worst. */
  static final int PAGE = 200;

  private static final String LOGS =
      "SELECT " + SignedLog.COLUMNS + " FROM log WHERE tenant_id = $1 ORDER BY epoch";

  private final TenantLog log;
  private final LogEntries entries;

  @Inject
  ExportedEntries(TenantLog log, LogEntries entries) {
    this.log = log;
    this.entries = entries;
  }

  /** The tenant's logs, and the index of its last entry that a checkpoint covers. */
  record Extent(List<SignedLog> logs, long lastIndex) {
    Extent {
      logs = List.copyOf(logs);
    }
  }

  /** How far checkpoints go; what is younger is for the next export, a moment later. */
  Extent extent(TenantId tenant) {
    return log.read(
        tenant,
        connection -> {
          List<SignedLog> signed = new ArrayList<>();
          for (Row row : await(connection.preparedQuery(LOGS).execute(Tuple.of(tenant.value())))) {
            signed.add(SignedLog.of(row));
          }
          return new Extent(signed, signed.isEmpty() ? -1 : signed.getLast().lastIndex());
        });
  }

  /** What there is from one index to before another. */
  List<LogEntry> page(TenantId tenant, long from, long before) {
    return log.read(tenant, connection -> entries.read(connection, tenant, from, before));
  }

  /** The hashes of what is not there. */
  DeletedLeaves deleted(ExportScope scope) {
    return new DeletedLeaves(log, scope.tenantId(), scope.logs());
  }
}
