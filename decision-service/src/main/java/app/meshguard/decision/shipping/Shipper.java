package app.meshguard.decision.shipping;

import app.meshguard.decision.evidence.Journal;
import app.meshguard.decision.evidence.JournalConfig;
import app.meshguard.decision.evidence.JournalDirectory;
import app.meshguard.decision.evidence.JournalReader;
import app.meshguard.decision.evidence.PlantedFault;
import app.meshguard.wire.evidence.JournalPosition;
import app.meshguard.wire.evidence.JournalRegistration;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
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
  private final EvidenceReceiver audit;
  private final ShipperConfig config;
  private final ReceiptKeyText receiptKey;
  private final Witnessed witnessed;
  private final Thread thread = Thread.ofPlatform().name("journal-shipper").unstarted(this::run);
  private volatile boolean stopping;
  private volatile boolean idle;
  private volatile long acknowledged;
  private volatile boolean conflict;
  private volatile boolean forked;
  private volatile long missing;
  private boolean waiting;
  private long recordsSeen;
  private long forcesSeen;

  @Inject
  Shipper(
      Journal journal,
      JournalDirectory directory,
      AuditService audit,
      ShipperConfig config,
      JournalConfig journalConfig,
      ReceiptKeyText receiptKey)
      throws IOException {
    this(
        journal,
        directory,
        PlantedFault.of(journalConfig) == PlantedFault.RESEND_WITHOUT_POSITION
            ? new ResentWithoutPosition(audit)
            : audit,
        config,
        receiptKey);
  }

  Shipper(
      Journal journal,
      JournalDirectory directory,
      EvidenceReceiver audit,
      ShipperConfig config,
      ReceiptKeyText receiptKey)
      throws IOException {
    this.journal = journal;
    this.directory = directory;
    this.audit = audit;
    this.config = config;
    this.receiptKey = receiptKey;
    this.witnessed = Witnessed.in(directory);
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

  /**
   * Whether the audit-service holds something else at a position of ours, or shows two heads of one
   * log: an alarm.
   */
  boolean isInConflict() {
    return conflict || forked;
  }

  /** How many records the audit-service has lost that this journal no longer holds: an alarm. */
  long missing() {
    return missing;
  }

  private void run() {
    long backoff = FIRST_BACKOFF_MS;
    while (!isDone()) {
      try {
        JournalPosition known =
            audit.register(
                journal.id(), new JournalRegistration(receiptKey.verifierKey(), witnessed.all()));
        resume(known);
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
        break;
      } catch (RuntimeException e) {
        LOG.error("Shipping failed in a way that nobody foresaw", e);
      }
      if (!isDone()) {
        LockSupport.parkNanos(backoff * 1_000_000);
        backoff = Math.min(backoff * 2, config.maxBackoff().toMillis());
      }
    }
    try {
      witnessed.write();
    } catch (IOException e) {
      LOG.warn("The heads of logs that were shown could not be remembered", e);
    }
  }

  private void resume(JournalPosition known) throws IOException {
    if (known.position() < acknowledged) {
      goBack(known.position());
    }
    long firstHeld = journal.firstHeld();
    long gone = Math.max(0, firstHeld - known.position() - 1);
    if (gone > 0) {
      String what =
          "records %d to %d of journal %s are neither in the audit-service nor in the journal any more"
              .formatted(known.position() + 1, firstHeld - 1, journal.id());
      if (gone != missing) {
        LOG.errorf(
            "The %s. Nothing is shipped until a newer backup of the audit database is restored",
            what);
      }
      missing = gone;
      throw new IOException(what);
    }
    missing = 0;
    committed(known);
  }

  /** The audit-service has lost what it had acknowledged, as after the restore of a backup. */
  private void goBack(long position) throws IOException {
    LOG.errorf(
        "The audit-service had acknowledged journal %s up to %d and holds it up to %d only: it has"
            + " lost records. What the journal still holds is sent again, from %d on",
        journal.id(), acknowledged, position, Math.max(position + 1, journal.firstHeld()));
    journal.unacknowledge(position);
    acknowledged = position;
    directory.acknowledged(position);
  }

  private boolean isDone() {
    return Thread.currentThread().isInterrupted() || (stopping && lag() == 0);
  }

  private void warn(IOException e) {
    if (e instanceof AuditService.Refused refused && refused.isConflict()) {
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
    if (!journal.isReplicated() && isBusy() && lag() < config.hurryAt() && !stopping) {
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
    }
    // Where callers wait for the commit, company is what comes while the last batch is committed.
    if (!stopping
        && !journal.isReplicated()
        && journal.forcedPosition() - reader.position() < config.maxRecords() / 2) {
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
      remember(position.position());
      acknowledged = position.position();
      journal.acknowledge(position.position());
    }
    forked |= !witnessed.remember(position.checkpoints());
  }

  /** A full disk must not keep the journal from learning what it may forget. */
  private void remember(long position) {
    try {
      directory.acknowledged(position);
    } catch (IOException e) {
      LOG.warnf(
          "The acknowledged position could not be written (%s); the next start asks for it", e);
    }
  }
}
