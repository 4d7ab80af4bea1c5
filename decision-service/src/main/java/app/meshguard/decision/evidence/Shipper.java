package app.meshguard.decision.evidence;

import app.meshguard.wire.evidence.JournalPosition;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings the journal to the audit-service, in order and without a gap, and tries for ever. What is
 * acknowledged is committed there, and only then its room is given back.
 */
@Singleton
class Shipper {
  private static final Logger LOG = Logger.getLogger(Shipper.class);
  private static final long FIRST_BACKOFF_MS = 100;

  /** So many records a force mean that callers wait for the disk or the processor. */
  private static final int BUSY_GROUP = 12;

  private final Journal journal;
  private final JournalDirectory directory;
  private final AuditService audit;
  private final ShipperConfig config;
  private final Thread thread = Thread.ofPlatform().name("journal-shipper").unstarted(this::run);
  private volatile boolean stopping;
  private volatile boolean idle;
  private volatile long acknowledged;
  private volatile long behindSinceNanos;
  private volatile boolean conflict;
  private boolean waiting;
  private long recordsSeen;
  private long forcesSeen;

  Shipper(Journal journal, JournalDirectory directory, AuditService audit, ShipperConfig config) {
    this.journal = journal;
    this.directory = directory;
    this.audit = audit;
    this.config = config;
  }

  void start(@Observes @Priority(200) StartupEvent started) throws IOException {
    acknowledged = directory.acknowledged();
    journal.onForced(this::wake);
    thread.start();
  }

  /** Goes on until all is acknowledged or the grace ends. */
  void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
    journal.close();
    stopping = true;
    LockSupport.unpark(thread);
    if (!thread.join(config.grace())) {
      LOG.infof("%d records are not shipped; the next start goes on with them", lag());
      thread.interrupt();
    }
  }

  private void wake() {
    if (idle) {
      LockSupport.unpark(thread);
    }
  }

  /** How many stored records the audit-service has not committed. */
  long lag() {
    return Math.max(0, journal.forcedPosition() - acknowledged);
  }

  /** For how long there have been such records, in seconds. */
  double behindSeconds() {
    return lag() == 0 ? 0 : (System.nanoTime() - behindSinceNanos) / 1e9;
  }

  /** Whether the audit-service holds something else at a position of ours: an alarm. */
  boolean isInConflict() {
    return conflict;
  }

  private void run() {
    long backoff = FIRST_BACKOFF_MS;
    while (!isDone()) {
      try {
        JournalPosition known = audit.register(journal.id());
        committed(known);
        try (JournalReader reader = journal.readerFrom(known.position() + 1)) {
          conflict = false;
          while (!isDone()) {
            ship(reader);
            backoff = FIRST_BACKOFF_MS;
          }
        }
      } catch (IOException e) {
        warn(e);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("Shipping failed in a way that nobody foresaw", e);
      }
      if (!isDone()) {
        LockSupport.parkNanos(backoff * 1_000_000);
        backoff = Math.min(backoff * 2, config.maxBackoff().toMillis());
      }
    }
  }

  private boolean isDone() {
    return Thread.currentThread().isInterrupted() || (stopping && lag() == 0);
  }

  private void warn(IOException e) {
    if (e instanceof AuditService.Refused refused && refused.status() == 409) {
      conflict = true;
      LOG.errorf(
          "The audit-service holds other evidence than journal %s: %s. Nothing is shipped until"
              + " this is resolved",
          journal.id(), e.getMessage());
    } else if (!waiting) {
      waiting = true;
      LOG.warnf("Records wait for the audit-service (%s); trying on", e);
    }
  }

  private void ship(JournalReader reader) throws IOException, InterruptedException {
    JournalReader.Batch batch = gather(reader);
    if (batch == null) {
      return;
    }
    JournalPosition position = audit.send(journal.id(), batch);
    if (position.position() < batch.lastPosition()) {
      throw new IOException(
          "it has committed up to " + position.position() + ", not " + batch.lastPosition());
    }
    committed(position);
    if (waiting) {
      waiting = false;
      LOG.info("The audit-service takes records again");
    }
    if (isBusy() && lag() < config.hurryAt() && !stopping) {
      LockSupport.parkNanos(config.giveWay().toNanos());
    }
  }

  /**
   * Whether decisions come as fast as they can since the last look. Their callers wait; the
   * audit-service, which may share their disk, does not.
   */
  private boolean isBusy() {
    long records = journal.records();
    long forces = journal.forces();
    boolean busy = records - recordsSeen >= BUSY_GROUP * Math.max(1, forces - forcesSeen);
    recordsSeen = records;
    forcesSeen = forces;
    return busy;
  }

  /** The next batch; a small one waits a little for company. */
  private JournalReader.@Nullable Batch gather(JournalReader reader) throws IOException {
    if (journal.forcedPosition() < reader.position()) {
      idle = true;
      if (journal.forcedPosition() < reader.position() && !stopping) {
        LockSupport.parkNanos(1_000_000_000L);
      }
      idle = false;
      if (journal.forcedPosition() < reader.position()) {
        return null;
      }
      behindSinceNanos = System.nanoTime();
    }
    if (!stopping && journal.forcedPosition() - reader.position() < config.maxRecords() / 2) {
      LockSupport.parkNanos(config.gather().toNanos());
    }
    return reader.next(config.maxRecords(), config.maxBytes());
  }

  private void committed(JournalPosition position) throws IOException {
    if (position.position() > journal.forcedPosition()) {
      throw new IOException(
          "it holds record "
              + position.position()
              + " of this journal, which has only "
              + journal.forcedPosition());
    }
    if (position.position() > acknowledged) {
      directory.acknowledged(position.position());
      acknowledged = position.position();
      journal.acknowledge(position.position());
    }
    behindSinceNanos = System.nanoTime();
  }
}
