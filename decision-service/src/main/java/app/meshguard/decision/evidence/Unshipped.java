package app.meshguard.decision.evidence;

import app.meshguard.wire.TenantId;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is stored and not acknowledged by the audit-service: whose it is, and since when. */
final class Unshipped {
  /** Above this, records wait in memory faster than they can be written. */
  static final long MAX_WAITING_BYTES = 64L << 20;

  private static final long MARK_MS = 1000;

  private final Map<TenantId, TenantShare> shares = new ConcurrentHashMap<>();
  private final Deque<Mark> marks = new ArrayDeque<>();
  private final long mostWaiting;
  private final long mostUnshipped;
  private final Clock clock;
  private long acknowledged;
  private long last;

  /** Records that were stored within a second: since when, and the last of them. */
  private static final class Mark {
    private final long since;
    private long last;

    Mark(long since) {
      this.since = since;
    }
  }

  Unshipped(Journal.Limits limits, long acknowledged, Clock clock) {
    this.mostWaiting = (long) (MAX_WAITING_BYTES * limits.tenantShare());
    this.mostUnshipped = (long) (limits.maxBytes() * limits.tenantShare());
    this.acknowledged = acknowledged;
    this.last = acknowledged;
    this.clock = clock;
  }

  TenantShare of(TenantId tenant) {
    TenantShare known = shares.get(tenant);
    return known != null
        ? known
        : shares.computeIfAbsent(tenant, t -> new TenantShare(t, mostWaiting, mostUnshipped));
  }

  synchronized void stored(Force force) {
    mark(force.lastPosition(), clock.millis());
    long position = force.firstPosition();
    for (Waiting waiting : force.records()) {
      // The audit-service may have been quicker than this count.
      if (position > acknowledged) {
        waiting.share.stored(position, Frame.sizeOf(waiting.record));
      }
      position++;
    }
  }

  /** A record of an earlier life of the process. */
  synchronized void found(TenantId tenant, long position, int bytes, long since) {
    of(tenant).stored(position, bytes);
    mark(position, since);
  }

  private void mark(long position, long now) {
    last = Math.max(last, position);
    if (position <= acknowledged) {
      return;
    }
    Mark mark = marks.peekLast();
    if (mark == null || now - mark.since > MARK_MS) {
      mark = new Mark(now);
      marks.add(mark);
    }
    mark.last = position;
  }

  synchronized void acknowledged(long position) {
    acknowledged = position;
    for (Mark mark = marks.peek(); mark != null && mark.last <= position; mark = marks.peek()) {
      marks.remove();
    }
    for (TenantShare share : shares.values()) {
      if (position >= last) {
        share.shippedAll();
      } else {
        share.shipped(position);
      }
    }
  }

  /** For how long the oldest has been waiting; 0 when nothing is. */
  synchronized long oldestMillis() {
    Mark oldest = marks.peek();
    return oldest == null ? 0 : Math.max(0, clock.millis() - oldest.since);
  }
}
