package app.meshguard.audit.epoch;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.guard.Guard;
import app.meshguard.audit.guard.GuardedHead;
import app.meshguard.audit.platform.Database;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way on for a halted log: it is closed where its last checkpoint is, and a successor begins
 * whose first leaf commits to it. What no checkpoint covers, the successor holds.
 */
final class Succession {
  private static final int STATEMENT_MILLIS = 30_000;
  private static final String WAIT = "SELECT pg_advisory_xact_lock($1)";
  private static final String HALTED =
      "SELECT "
          + LogRow.COLUMNS
          + " FROM log l WHERE l.state = 'halted' AND ($1::text IS NULL OR l.tenant_id = $1)"
          + " ORDER BY l.tenant_id, l.epoch FOR UPDATE";
  private static final String CLOSE =
      "UPDATE log SET state = 'closed' WHERE tenant_id = $1 AND epoch = $2";

  private final Pool pool;
  private final LogKeys keys;
  private final Guard guard;

  Succession(Pool pool, LogKeys keys, Guard guard) {
    this.pool = pool;
    this.keys = keys;
    this.guard = guard;
  }

  /** A log and the one that goes on for it. */
  record Succeeded(LogRow closed, String successor) {}

  /** Lets every halted log be succeeded, or one tenant's only. */
  List<Succeeded> run(@Nullable String tenant) {
    return Database.inTransaction(
        pool,
        connection -> {
          Database.limits(connection, STATEMENT_MILLIS, STATEMENT_MILLIS);
          // Waited for: no signer is in the midst of a round.
          await(connection.preparedQuery(WAIT).execute(Tuple.of(SignersLock.ID)));
          guard.refresh();
          List<LogRow> halted = new ArrayList<>();
          for (Row row : await(connection.preparedQuery(HALTED).execute(Tuple.of(tenant)))) {
            halted.add(LogRow.of(row));
          }
          List<Succeeded> done = new ArrayList<>();
          List<GuardedHead> heads = new ArrayList<>();
          for (LogRow log : halted) {
            GuardedHead head = succeed(connection, log);
            heads.add(head);
            done.add(new Succeeded(log, head.origin()));
          }
          guard.write(heads);
          return done;
        });
  }

  private GuardedHead succeed(SqlConnection connection, LogRow log) {
    List<GuardedHead> signed =
        guard.of(log.tenant()).stream()
            .filter(head -> head.epoch() >= log.epoch())
            .sorted(Comparator.comparingInt(GuardedHead::epoch))
            .toList();
    int epoch = 1 + Math.max(log.epoch(), signed.isEmpty() ? 0 : signed.getLast().epoch());
    String origin = keys.newOrigin();
    NewLog successor =
        new NewLog(
            log.tenant(),
            epoch,
            origin,
            keys.currentMaster(),
            log.nextIndex(),
            Preamble.bytes(log, signed));
    await(connection.preparedQuery(CLOSE).execute(Tuple.of(log.tenant(), log.epoch())));
    Optional<GuardedHead> head =
        successor.insert(connection, keys.of(origin, epoch, successor.master()));
    return head.orElseThrow(
        () -> new IllegalStateException("the tenant has a log of epoch " + epoch + " already"));
  }
}
