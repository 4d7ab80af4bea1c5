package app.meshguard.decision.evidence;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The segments that there are, and how much room is left. One goes when the audit-service has
 * committed all of it and {@code keep} has passed since; earlier only to make room.
 */
final class Segments {
  private final SegmentStorage storage;
  private final int segmentBytes;
  private final long maxBytes;
  private final Duration keep;
  private final Clock clock;
  private final List<Entry> entries = new ArrayList<>();
  private long acknowledged;

  private static final class Entry {
    private final SegmentName name;
    private long acknowledgedAt = Long.MAX_VALUE;

    Entry(SegmentName name) {
      this.name = name;
    }
  }

  Segments(SegmentStorage storage, int segmentBytes, long maxBytes, Duration keep, Clock clock) {
    this.storage = storage;
    this.segmentBytes = segmentBytes;
    this.maxBytes = maxBytes;
    this.keep = keep;
    this.clock = clock;
  }

  synchronized void add(SegmentName name) {
    entries.add(new Entry(name));
  }

  /** The segment that holds {@code position}, or null when it has been deleted. */
  synchronized @Nullable SegmentName holding(long position) {
    SegmentName found = null;
    for (Entry entry : entries) {
      if (entry.name.firstPosition() <= position) {
        found = entry.name;
      }
    }
    return found;
  }

  /** The audit-service has committed everything up to {@code position}. */
  synchronized void acknowledge(long position) throws IOException {
    acknowledged = Math.max(acknowledged, position);
    long now = clock.millis();
    for (int i = 0; i < entries.size() - 1; i++) {
      Entry entry = entries.get(i);
      boolean whole = entries.get(i + 1).name.firstPosition() - 1 <= acknowledged;
      if (whole && entry.acknowledgedAt == Long.MAX_VALUE) {
        entry.acknowledgedAt = now;
      }
    }
    while (entries.size() > 1 && isOver(entries.getFirst(), now)) {
      deleteFirst();
    }
  }

  private boolean isOver(Entry entry, long now) {
    return entry.acknowledgedAt != Long.MAX_VALUE && now - entry.acknowledgedAt >= keep.toMillis();
  }

  /** Whether one more segment may be made; deletes acknowledged ones when that gives the room. */
  synchronized boolean makeRoom(long lastPosition) throws IOException {
    while (!entries.isEmpty() && !fitsOneMore()) {
      long end = entries.size() > 1 ? entries.get(1).name.firstPosition() - 1 : lastPosition;
      if (end > acknowledged) {
        return false;
      }
      deleteFirst();
    }
    return true;
  }

  /** Deletes the oldest segment when all of it is acknowledged; for a disk that is full. */
  synchronized boolean dropAcknowledged() throws IOException {
    if (entries.size() < 2 || entries.get(1).name.firstPosition() - 1 > acknowledged) {
      return false;
    }
    deleteFirst();
    return true;
  }

  /** The audit-service has lost what was behind {@code position}: it is kept until it is there. */
  synchronized void unacknowledge(long position) {
    acknowledged = position;
    for (int i = 0; i < entries.size(); i++) {
      boolean last = i == entries.size() - 1;
      if (last || entries.get(i + 1).name.firstPosition() - 1 > position) {
        entries.get(i).acknowledgedAt = Long.MAX_VALUE;
      }
    }
  }

  /**
   * The first position that a segment still holds.
   *
   * @param next what is written next, where there is no segment
   */
  synchronized long firstHeld(long next) {
    return entries.isEmpty() ? next : entries.getFirst().name.firstPosition();
  }

  synchronized boolean fitsOneMore() {
    return (entries.size() + 1L) * segmentBytes <= maxBytes;
  }

  synchronized long bytes() {
    return (long) entries.size() * segmentBytes;
  }

  /** Room of the segments that hold something that the audit-service has not committed. */
  synchronized long unacknowledgedBytes(long forced) {
    long count = 0;
    for (int i = 0; i < entries.size(); i++) {
      boolean last = i == entries.size() - 1;
      long end = last ? forced : entries.get(i + 1).name.firstPosition() - 1;
      count += end > acknowledged ? 1 : 0;
    }
    return count * segmentBytes;
  }

  private void deleteFirst() throws IOException {
    storage.delete(entries.getFirst().name.toString());
    entries.removeFirst();
  }
}
