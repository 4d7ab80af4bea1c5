package app.meshguard.audit.epoch;

import app.meshguard.audit.guard.Guard;
import app.meshguard.audit.guard.GuardedHead;
import app.meshguard.audit.platform.Database;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.Comparator;
import java.util.Optional;

/** Begins a tenant's log at the first moment that anybody asks for it or writes to it. */
public final class Logs {
  private static final int STATEMENT_MILLIS = 10_000;

  private final Pool pool;
  private final LogKeys keys;
  private final Guard guard;

  public Logs(Pool pool, LogKeys keys, Guard guard) {
    this.pool = pool;
    this.keys = keys;
    this.guard = guard;
  }

  /** Begins the log unless it is there: whoever commits first has named it. */
  public void begin(String tenant) {
    guard.refresh();
    Database.inTransaction(
        pool,
        connection -> {
          Database.limits(connection, STATEMENT_MILLIS, STATEMENT_MILLIS);
          begin(connection, tenant);
          return tenant;
        });
  }

  private void begin(SqlConnection connection, String tenant) {
    Optional<GuardedHead> lost =
        guard.of(tenant).stream().max(Comparator.comparingInt(GuardedHead::epoch));
    if (lost.isEmpty()) {
      // Nothing can be lost of a log of which only emptiness was signed: the guard need not know.
      String origin = keys.newOrigin();
      NewLog log = new NewLog(tenant, 1, origin, keys.currentMaster(), 0, null);
      log.insert(connection, keys.of(origin, 1, log.master()));
      return;
    }
    GuardedHead head = lost.get();
    new NewLog(tenant, head.epoch(), head.origin(), head.master(), 0, null)
        .insertLost(
            connection,
            keys.of(head.origin(), head.epoch(), head.master()),
            "it was signed with " + head.inWords() + ", and this database has nothing of it");
  }
}
