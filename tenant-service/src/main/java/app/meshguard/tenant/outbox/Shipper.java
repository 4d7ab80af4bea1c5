package app.meshguard.tenant.outbox;

import app.meshguard.tenant.outbox.OutboxTable.Waiting;
import app.meshguard.tenant.platform.DirectDatabase;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Brings the outbox to the audit-service, in order and without a gap, and tries for ever. One
 * replica at a time does, the one that has the lock; another that thinks it has would send the same
 * bytes under the same positions, which the audit-service takes once.
 */
@ApplicationScoped
class Shipper {
  private static final Logger LOG = Logger.getLogger(Shipper.class);
  private static final long FIRST_BACKOFF_MS = 100;
  private static final int CONFLICT = 409;

  private final Vertx vertx;
  private final PgConnectOptions database;
  private final AuditLog audit;
  private final OutboxConfig config;
  private final Thread thread = Thread.ofPlatform().daemon().name("outbox").unstarted(this::run);
  private volatile boolean stopped;
  private volatile Waiting waiting = Waiting.NOTHING;
  private volatile boolean conflict;
  private boolean warned;

  Shipper(Vertx vertx, DirectDatabase database, AuditLog audit, OutboxConfig config) {
    this.vertx = vertx;
    this.database = database.options("ship");
    this.audit = audit;
    this.config = config;
  }

  void start(@Observes StartupEvent event) {
    if (audit.isKnown()) {
      thread.start();
    } else {
      LOG.warn("changes are recorded and go nowhere: meshguard.services.audit-url is not set");
    }
  }

  /**
   * What is not shipped is in the database: another replica, or the next start, goes on with it.
   */
  void stop(@Observes ShutdownEvent event) {
    stopped = true;
    thread.interrupt();
  }

  void wake() {
    LockSupport.unpark(thread);
  }

  /** What waits, as far as this replica is the one that ships it. */
  Waiting waiting() {
    return waiting;
  }

  /** Whether the audit-service holds something else at a position of ours: an alarm. */
  boolean isInConflict() {
    return conflict;
  }

  private void run() {
    long backoff = FIRST_BACKOFF_MS;
    while (!stopped) {
      try (OutboxTable table = OutboxTable.open(vertx, database)) {
        if (table.lock()) {
          ship(table);
        } else {
          waiting = Waiting.NOTHING;
          LockSupport.parkNanos(config.look().toNanos());
        }
        backoff = FIRST_BACKOFF_MS;
      } catch (IOException | RuntimeException e) {
        warn(e);
        LockSupport.parkNanos(backoff * 1_000_000);
        backoff = Math.min(backoff * 2, config.maxBackoff().toMillis());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void warn(Exception e) {
    if (e instanceof AuditLog.Refused refused && refused.status() == CONFLICT) {
      conflict = true;
      LOG.error("the audit-service holds other records than the outbox: nothing is shipped", e);
    } else if (!warned && !stopped) {
      warned = true;
      LOG.warnf("records of changes wait in the outbox (%s); trying on", e);
    }
  }

  private void ship(OutboxTable table) throws IOException, InterruptedException {
    long position = register(table);
    while (!stopped) {
      table.number();
      Shipment shipment = table.after(position);
      waiting = table.waiting();
      if (shipment == null) {
        LockSupport.parkNanos(config.look().toNanos());
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        continue;
      }
      position = audit.send(table.journal().id(), shipment);
      if (position < shipment.lastPosition()) {
        throw new IOException("it has committed up to " + position + " only");
      }
      table.acknowledge(position, config.keep());
      conflict = false;
      if (warned) {
        warned = false;
        LOG.info("the audit-service takes records of changes again");
      }
    }
  }

  /** Finds out what the audit-service has; answers the position to go on after. */
  private long register(OutboxTable table) throws IOException, InterruptedException {
    ShippedJournal journal = table.journal();
    long committed = audit.register(journal.id());
    boolean older = committed > journal.numbered();
    boolean lost = committed < journal.acknowledged() && table.after(committed) == null;
    if (older || lost) {
      LOG.errorf(
          "the audit-service has %d records of journal %s, of which %d were shipped and %d"
              + " acknowledged: one of the two databases was restored from a backup. Going on with"
              + " a new journal",
          committed, journal.id(), journal.numbered(), journal.acknowledged());
      table.beginAnother(older ? journal.acknowledged() : committed);
      return audit.register(table.journal().id());
    }
    table.acknowledge(committed, config.keep());
    return committed;
  }
}
