package app.meshguard.audit.log;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.seal.DamagedPayload;
import app.meshguard.audit.seal.Payloads;
import app.meshguard.wire.TenantId;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads entries of the log with their records opened, on a connection that may see them. */
@ApplicationScoped
public class LogEntries {
  /** What {@link #entry} reads, in its order; to be qualified as {@code e} when joined. */
  public static final String COLUMNS =
      "e.idx, e.appended_at, e.batch, e.ordinal, e.leaf, e.seed, e.payload";

  private static final Logger LOG = Logger.getLogger(LogEntries.class);
  private static final String RANGE =
      "SELECT "
          + COLUMNS
          + " FROM log_entry e WHERE e.tenant_id = $1 AND e.idx >= $2 AND e.idx < $3 ORDER BY e.idx";

  private final Payloads payloads;

  @Inject
  public LogEntries(Payloads payloads) {
    this.payloads = payloads;
  }

  /** The entries from one index to before another, in order. */
  public List<LogEntry> read(SqlConnection connection, TenantId tenant, long from, long to) {
    List<LogEntry> entries = new ArrayList<>();
    for (Row row :
        await(connection.preparedQuery(RANGE).execute(Tuple.of(tenant.value(), from, to)))) {
      entries.add(entry(tenant, row));
    }
    return entries;
  }

  /** The entry at an index. */
  public Optional<LogEntry> one(SqlConnection connection, TenantId tenant, long index) {
    return read(connection, tenant, index, index + 1).stream().findFirst();
  }

  /** Reads {@link #COLUMNS}, which stand first in the row. */
  public LogEntry entry(TenantId tenant, Row row) {
    long index = row.getLong(0);
    byte[] leaf = row.getBuffer(4).getBytes();
    byte @Nullable [] record = null;
    boolean damaged = false;
    try {
      record = payloads.open(tenant, bytes(row.getBuffer(5)), bytes(row.getBuffer(6)), leaf);
    } catch (DamagedPayload e) {
      damaged = true;
      LOG.errorf("entry %d of %s: %s", index, tenant, e.getMessage());
    }
    return new LogEntry(
        index,
        row.getOffsetDateTime(1).toInstant(),
        row.getLong(2),
        row.getInteger(3),
        leaf,
        record,
        damaged);
  }

  private static byte @Nullable [] bytes(@Nullable Buffer buffer) {
    return buffer == null ? null : buffer.getBytes();
  }
}
