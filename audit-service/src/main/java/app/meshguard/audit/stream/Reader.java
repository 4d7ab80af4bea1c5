package app.meshguard.audit.stream;

import app.meshguard.audit.log.LogEntry;
import app.meshguard.wire.TenantId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One listener's place in its tenant's log, and the newest entries on their way to it. Indexes have
 * no gap, so the place alone says whether something is missing: a reader that is slower than the
 * log loses what it could not hold, and reads it from the log.
 */
final class Reader {
  /** More wait in the log, not here. */
  static final int HELD = 256;

  private static final int AT_ONCE = 100;

  private final TenantId tenant;
  private final TenantEntries log;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<LogEntry> held = new ArrayDeque<>();
  private long next;
  private boolean behind = true;
  private boolean closed;

  /**
   * Starts.
   *
   * @param next the index of the first entry that is wanted
   */
  Reader(TenantId tenant, long next, TenantEntries log) {
    this.tenant = tenant;
    this.next = next;
    this.log = log;
  }

  TenantId tenant() {
    return tenant;
  }

  /** Takes a new entry, or remembers that it has to be read. Never waits. */
  void offer(LogEntry entry) {
    lock.lock();
    try {
      if (entry.index() >= next) {
        if (held.size() < HELD) {
          held.add(entry);
        } else {
          held.clear();
          behind = true;
        }
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The next entries in order; empty when none came in time, or after {@link #close}. */
  List<LogEntry> take(Duration longest) throws InterruptedException {
    List<LogEntry> taken = new ArrayList<>();
    boolean read;
    lock.lock();
    try {
      long left = longest.toNanos();
      while (!closed && !behind && held.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (closed) {
        return List.of();
      }
      while (!held.isEmpty() && held.peekFirst().index() < next) {
        held.removeFirst();
      }
      read = behind || (!held.isEmpty() && held.peekFirst().index() > next);
      behind = false;
      while (!read && !held.isEmpty() && taken.size() < AT_ONCE) {
        LogEntry entry = held.removeFirst();
        taken.add(entry);
        next = entry.index() + 1;
      }
    } finally {
      lock.unlock();
    }
    return read ? readFromLog() : taken;
  }

  private List<LogEntry> readFromLog() {
    List<LogEntry> entries = log.from(tenant, next, AT_ONCE);
    lock.lock();
    try {
      if (!entries.isEmpty()) {
        next = entries.getLast().index() + 1;
      }
      // Also when meanwhile something came that could not be held.
      behind |= entries.size() == AT_ONCE;
    } finally {
      lock.unlock();
    }
    return entries;
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
