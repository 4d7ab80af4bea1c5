package app.meshguard.decision.evidence;

import app.meshguard.decision.evidence.EvidenceUnavailable.Cause;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The journal: takes records, and tells each waiter when its own is on stable storage. Many records
 * share one force: those that come while a force runs go together in the next.
 *
 * <p>INVARIANT: {@link Stored#stored()} is called only after a force that covers the record has
 * returned.
 */
public final class Journal implements RecordLog, AutoCloseable {
  /** Above this, records wait in memory faster than they can be written. */
  private static final long MAX_WAITING_BYTES = 64L << 20;

  private final UUID id;
  private final Segments segments;
  private final SegmentStorage storage;
  private final JournalWriter writer;
  private final Thread writerThread;
  private final Thread deadlineThread;
  private final Duration deadline;

  private final ReentrantLock lock = new ReentrantLock();
  private List<Waiting> queue = new ArrayList<>();
  private long queuedBytes;
  private volatile boolean writerParked;
  private volatile @Nullable List<Waiting> inFlight;
  private volatile JournalState state = JournalState.OPEN;
  private volatile boolean closing;
  private volatile Runnable onForced = () -> {};

  /**
   * How much a journal may take.
   *
   * @param segmentBytes size of one segment
   * @param maxBytes of all segments together, at least two
   * @param deadline a record that is not forced by then fails
   * @param keep how long an acknowledged segment stays
   */
  public record Limits(int segmentBytes, long maxBytes, Duration deadline, Duration keep) {
    public Limits {
      if (segmentBytes < 4096 || maxBytes < 2L * segmentBytes) {
        throw new IllegalArgumentException(
            "the journal needs room for two segments: meshguard.journal.max-bytes is "
                + maxBytes
                + ", meshguard.journal.segment-bytes "
                + segmentBytes);
      }
    }

    public static Limits of(JournalConfig config) {
      return new Limits(config.segmentBytes(), config.maxBytes(), config.deadline(), config.keep());
    }
  }

  private Journal(
      UUID id,
      SegmentStorage storage,
      Limits limits,
      JournalRecovery.Found found,
      long acknowledged,
      Clock clock)
      throws IOException {
    this.id = id;
    this.storage = storage;
    this.deadline = limits.deadline();
    this.segments =
        new Segments(storage, limits.segmentBytes(), limits.maxBytes(), limits.keep(), clock);
    found.segments().forEach(segments::add);
    segments.acknowledge(acknowledged);
    this.writer =
        new JournalWriter(
            this,
            storage,
            segments,
            limits.segmentBytes(),
            new SegmentName(found.lastSequence(), found.lastPosition()));
    this.writerThread = Thread.ofPlatform().name("journal-writer").unstarted(writer);
    this.deadlineThread =
        Thread.ofPlatform().daemon().name("journal-deadline").unstarted(this::watch);
  }

  /**
   * Recovers what is there and starts to take records.
   *
   * @param acknowledged what the audit-service is known to have committed
   * @throws DamagedJournal when a forced record is not whole
   */
  public static Journal open(
      UUID id, SegmentStorage storage, Limits limits, long acknowledged, Clock clock)
      throws IOException {
    JournalRecovery.Found found = new JournalRecovery(storage).recover(acknowledged);
    Journal journal = new Journal(id, storage, limits, found, acknowledged, clock);
    journal.writerThread.start();
    journal.deadlineThread.start();
    return journal;
  }

  public UUID id() {
    return id;
  }

  @Override
  public void append(byte[] record, Executor home, Stored waiter) {
    Waiting waiting = new Waiting(record, home, waiter, System.nanoTime());
    Cause refused = add(waiting);
    if (refused != null) {
      waiting.fail(refused);
    } else if (writerParked) {
      LockSupport.unpark(writerThread);
    }
  }

  private @Nullable Cause add(Waiting waiting) {
    if (waiting.record.length > writer.maxPayload()) {
      return Cause.TOO_LARGE;
    }
    lock.lock();
    try {
      Cause refused = closing ? Cause.CLOSED : state.refusal(waiting.since);
      if (refused == null && queuedBytes > MAX_WAITING_BYTES) {
        refused = Cause.LATE;
      }
      if (refused == null) {
        queue.add(waiting);
        queuedBytes += waiting.record.length;
      }
      return refused;
    } finally {
      lock.unlock();
    }
  }

  /** For the writer: all that waits, or null when the journal is closed and nothing does. */
  @Nullable List<Waiting> take() {
    inFlight = null;
    while (true) {
      List<Waiting> taken = poll();
      if (taken != null) {
        return taken;
      }
      if (closing) {
        return null;
      }
      writerParked = true;
      if (isQueueEmpty() && !closing) {
        LockSupport.park(this);
      }
      writerParked = false;
    }
  }

  private @Nullable List<Waiting> poll() {
    lock.lock();
    try {
      if (queue.isEmpty()) {
        return null;
      }
      List<Waiting> taken = queue;
      // A new list each time: the watch for late ones may still look at the old.
      queue = new ArrayList<>(Math.max(16, taken.size()));
      queuedBytes = 0;
      inFlight = taken;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private boolean isQueueEmpty() {
    lock.lock();
    try {
      return queue.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  void become(JournalState next) {
    state = next;
  }

  void forced() {
    if (state.kind() != JournalState.Kind.OPEN) {
      state = JournalState.OPEN;
    }
    onForced.run();
  }

  /** Refuses those whose force is late, and all that come until it returns. */
  private void watch() {
    long tick = Math.max(1, deadline.toNanos() / 8);
    while (!closing || writerThread.isAlive()) {
      LockSupport.parkNanos(tick);
      long now = System.nanoTime();
      List<Waiting> flying = inFlight;
      if (flying != null && isLate(flying.getFirst(), now)) {
        state = JournalState.late();
        flying.forEach(w -> w.fail(Cause.LATE));
        List<Waiting> waiting = poll(flying);
        waiting.forEach(w -> w.fail(Cause.LATE));
        if (inFlight != flying) {
          // The force returned meanwhile: nothing is late any more.
          state = JournalState.OPEN;
        }
      }
    }
  }

  private List<Waiting> poll(List<Waiting> flying) {
    lock.lock();
    try {
      if (inFlight != flying) {
        return List.of();
      }
      List<Waiting> taken = queue;
      queue = new ArrayList<>();
      queuedBytes = 0;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private boolean isLate(Waiting waiting, long now) {
    return now - waiting.since > deadline.toNanos();
  }

  /** The highest position that is on stable storage. */
  public long forcedPosition() {
    return writer.forcedPosition();
  }

  /** What the audit-service has committed: its room may be used again. */
  public void acknowledge(long position) throws IOException {
    segments.acknowledge(position);
    if (state.kind() == JournalState.Kind.FULL && segments.makeRoom(forcedPosition())) {
      state = JournalState.OPEN;
    }
  }

  /** Called after each force, on the writer's thread: must not block. */
  public void onForced(Runnable listener) {
    onForced = listener;
  }

  public JournalReader readerFrom(long position) {
    return new JournalReader(storage, segments, this::forcedPosition, position);
  }

  public JournalState state() {
    return closing ? JournalState.CLOSED : state;
  }

  /** How many records were stored since the start. */
  public long records() {
    return writer.records();
  }

  /** How many forces that took. */
  public long forces() {
    return writer.forces();
  }

  public long bytes() {
    return segments.bytes();
  }

  /** Takes nothing more, stores what waits, and returns when that is done. */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(writerThread);
    boolean interrupted = false;
    while (writerThread.isAlive()) {
      try {
        writerThread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    LockSupport.unpark(deadlineThread);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
