package app.meshguard.decision.evidence;

import app.meshguard.decision.evidence.EvidenceUnavailable.Cause;
import app.meshguard.wire.TenantId;
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
  private final UUID id;
  private final Limits limits;
  private final Segments segments;
  private final SegmentStorage storage;
  private final Unshipped unshipped;
  private final Answers answers;
  private final JournalWriter writer;
  private final Thread writerThread;
  private final Thread deadlineThread;

  private final ReentrantLock lock = new ReentrantLock();
  private List<Waiting> queue = new ArrayList<>();
  private long queuedBytes;
  private long turn;
  private volatile boolean writerParked;
  private volatile @Nullable List<Waiting> inFlight;
  private volatile JournalState state = JournalState.OPEN;
  private volatile boolean closing;
  private volatile boolean overAge;
  private volatile boolean commitIsLate;
  private volatile Runnable onForced = () -> {};
  private volatile ForceMeter meter = (records, nanos) -> {};

  /**
   * How much a journal may take.
   *
   * @param segmentBytes size of one segment
   * @param maxBytes of all segments together, at least two
   * @param deadline a record that is not forced by then fails
   * @param keep how long an acknowledged segment stays
   * @param maxAge how long a record may wait for the audit-service
   * @param tenantShare the part of {@code maxBytes} that one tenant's unshipped records may take
   * @param alarmAt the part of {@code maxBytes} or {@code maxAge} that is an alarm
   * @param durability what an answer waits for
   */
  public record Limits(
      int segmentBytes,
      long maxBytes,
      Duration deadline,
      Duration keep,
      Duration maxAge,
      double tenantShare,
      double alarmAt,
      Durability durability) {
    public Limits {
      if (segmentBytes < 4096 || maxBytes < 2L * segmentBytes) {
        throw new IllegalArgumentException(
            "the journal needs room for two segments: meshguard.journal.max-bytes is "
                + maxBytes
                + ", meshguard.journal.segment-bytes "
                + segmentBytes);
      }
      part("meshguard.journal.tenant-share", tenantShare);
      part("meshguard.journal.alarm-at", alarmAt);
    }

    /** With the usual age, alarm and durability, and no bound for a single tenant. */
    public Limits(int segmentBytes, long maxBytes, Duration deadline, Duration keep) {
      this(segmentBytes, maxBytes, deadline, keep, Duration.ofDays(3), 1, 0.8, Durability.LOCAL);
    }

    private static void part(String setting, double value) {
      if (!(value > 0 && value <= 1)) {
        throw new IllegalArgumentException(
            setting + " must be above 0 and at most 1, and is " + value);
      }
    }

    static Limits of(JournalConfig config, EvidenceConfig evidence) {
      return new Limits(
          config.segmentBytes(),
          config.maxBytes(),
          config.deadline(),
          config.keep(),
          config.maxAge(),
          config.tenantShare(),
          config.alarmAt(),
          evidence.durability());
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
    this.limits = limits;
    this.unshipped = new Unshipped(limits, acknowledged, clock);
    this.answers = new Answers(this, limits.durability());
    this.segments =
        new Segments(storage, limits.segmentBytes(), limits.maxBytes(), limits.keep(), clock);
    found.segments().forEach(segments::add);
    segments.acknowledge(acknowledged);
    this.writer =
        new JournalWriter(
            this,
            answers,
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
    try (JournalReader reader = journal.readerFrom(journal.firstUnshipped(acknowledged))) {
      Backlog.count(reader, journal.unshipped, clock.millis());
    }
    journal.writerThread.start();
    journal.deadlineThread.start();
    return journal;
  }

  private long firstUnshipped(long acknowledged) {
    return Math.max(acknowledged + 1, firstHeld());
  }

  public UUID id() {
    return id;
  }

  /** Whether answers wait for the audit-service's commit. */
  public boolean isReplicated() {
    return limits.durability() == Durability.REPLICATED;
  }

  @Override
  public void append(TenantId tenant, byte[] record, Executor home, Stored waiter) {
    TenantShare share = unshipped.of(tenant);
    Waiting waiting = new Waiting(share, record, home, waiter, System.nanoTime());
    lock.lock();
    Cause refused;
    try {
      refused = add(waiting);
    } finally {
      lock.unlock();
    }
    if (refused != null) {
      waiting.fail(refused);
    }
    wakeWriter();
  }

  @Override
  public void append(TenantId tenant, List<byte[]> records, Executor home, Stored waiter) {
    if (records.size() == 1) {
      append(tenant, records.getFirst(), home, waiter);
      return;
    }
    TenantShare share = unshipped.of(tenant);
    Stored together = new StoredTogether(waiter, records.size());
    long now = System.nanoTime();
    Cause refused = null;
    lock.lock();
    try {
      for (int i = 0; i < records.size() && refused == null; i++) {
        refused = add(new Waiting(share, records.get(i), home, together, now));
      }
    } finally {
      lock.unlock();
    }
    if (refused != null) {
      new Waiting(share, records.getFirst(), home, together, now).fail(refused);
    }
    wakeWriter();
  }

  private void wakeWriter() {
    if (writerParked) {
      LockSupport.unpark(writerThread);
    }
  }

  /** Under the lock. */
  private @Nullable Cause add(Waiting waiting) {
    int bytes = waiting.record.length;
    if (bytes > writer.maxPayload()) {
      return Cause.TOO_LARGE;
    }
    Cause refused = state().refusal(waiting.since);
    if (refused == null && queuedBytes > Unshipped.MAX_WAITING_BYTES) {
      refused = Cause.LATE;
    }
    if (refused == null && !waiting.share.admits(bytes, turn)) {
      refused = Cause.SHARE;
    }
    if (refused == null) {
      queue.add(waiting);
      queuedBytes += bytes;
    }
    return refused;
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
      turn++;
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

  /** For the writer, when those who waited have been told. */
  void account(Force force, long nanos) {
    unshipped.stored(force);
    meter.forced(force.records().size(), nanos);
  }

  /** Refuses those whose force, or commit, is late, and all that come until it returns. */
  private void watch() {
    long tick = Math.max(1, limits.deadline().toNanos() / 8);
    while (!closing || writerThread.isAlive()) {
      LockSupport.parkNanos(tick);
      long now = System.nanoTime();
      overAge = unshipped.oldestMillis() > limits.maxAge().toMillis();
      commitIsLate = answers.refuseLate(now - limits.deadline().toNanos());
      List<Waiting> flying = inFlight;
      if (flying != null && isLate(flying.getFirst(), now)) {
        state = JournalState.LATE;
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
      turn++;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private boolean isLate(Waiting waiting, long now) {
    return now - waiting.since > limits.deadline().toNanos();
  }

  /** The highest position that is on stable storage. */
  public long forcedPosition() {
    return writer.forcedPosition();
  }

  /** What the audit-service has committed: its room may be used again. */
  public void acknowledge(long position) throws IOException {
    segments.acknowledge(position);
    unshipped.acknowledged(position);
    if (overAge) {
      overAge = unshipped.oldestMillis() > limits.maxAge().toMillis();
    }
    // Before those who were late are recorded as not answered: these records have to be taken.
    commitIsLate = false;
    answers.committed(position);
    if (state.kind() == JournalState.Kind.FULL && segments.makeRoom(forcedPosition())) {
      state = JournalState.OPEN;
    }
  }

  /**
   * The audit-service has lost what it had acknowledged above {@code position}: from there on it is
   * to be shipped again, and kept until then.
   */
  public void unacknowledge(long position) {
    segments.unacknowledge(position);
  }

  /** The first position that can still be read. */
  public long firstHeld() {
    return segments.firstHeld(forcedPosition() + 1);
  }

  /** Is told of each force. */
  public void meter(ForceMeter listener) {
    meter = listener;
  }

  /** Makes the receipts that callers ask for; without one they get none. */
  public void receiptsFrom(ReceiptDesk desk) {
    answers.receiptsFrom(desk);
  }

  /** Called after each force, on the writer's thread: must not block. */
  public void onForced(Runnable listener) {
    onForced = listener;
  }

  public JournalReader readerFrom(long position) {
    return new JournalReader(storage, segments, this::forcedPosition, position);
  }

  public JournalState state() {
    if (closing) {
      return JournalState.CLOSED;
    }
    if (commitIsLate) {
      return JournalState.LATE;
    }
    return overAge ? JournalState.OLD : state;
  }

  /** How near it is to refusing. */
  public JournalPressure pressure() throws IOException {
    long room = Math.min(limits.maxBytes(), room(segments.bytes(), storage.usableBytes()));
    return new JournalPressure(
        (double) segments.unacknowledgedBytes(forcedPosition()) / Math.max(1, room),
        (double) unshipped.oldestMillis() / limits.maxAge().toMillis(),
        limits.alarmAt());
  }

  /** The disk may be smaller than what the journal may take. */
  private static long room(long taken, long usable) {
    return usable > Long.MAX_VALUE - taken ? Long.MAX_VALUE : taken + usable;
  }

  /** For how long the oldest record has waited for the audit-service. */
  public Duration oldestUnshipped() {
    return Duration.ofMillis(unshipped.oldestMillis());
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
