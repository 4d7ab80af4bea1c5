package app.meshguard.decision.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jboss.logging.Logger;

/**
 * Finds, at start-up, what the journal holds. Everything up to the highest position that any frame,
 * or the name of the newest segment, says was forced must be whole. What lies above may be torn or
 * missing and is cut at the first fault: nobody was answered for it.
 *
 * <p>What is whole above that position is written anew, to a segment of its own: whether the file
 * that holds it can be trusted is not known. Its last force may have failed, and then it is in the
 * page cache only, for ever.
 */
final class JournalRecovery {
  private static final Logger LOG = Logger.getLogger(JournalRecovery.class);

  private final SegmentStorage storage;
  private final CRC32C crc = new CRC32C();

  /**
   * What was found.
   *
   * @param segments with records, oldest first
   * @param lastPosition of the last whole record; on stable storage
   * @param lastSequence of the newest segment, 0 when there is none
   */
  record Found(List<SegmentName> segments, long lastPosition, long lastSequence) {}

  /** Whole frames from the start of a segment, and what proves how much of it was forced. */
  private record Scan(ByteBuffer bytes, long last, long proven, int tailOffset, int end) {}

  JournalRecovery(SegmentStorage storage) {
    this.storage = storage;
  }

  /**
   * Recovers.
   *
   * @param acknowledged the audit-service has committed everything up to here: segments below it
   *     are not read
   */
  Found recover(long acknowledged) throws IOException {
    List<SegmentName> names = storage.names().stream().map(SegmentName::parse).sorted().toList();
    List<SegmentName> kept = new ArrayList<>();
    long last = acknowledged;
    for (int i = 0; i < names.size() - 1; i++) {
      SegmentName name = names.get(i);
      long until = names.get(i + 1).firstPosition() - 1;
      boolean holds = until >= name.firstPosition();
      if (holds && until > acknowledged) {
        last = Math.max(last, scan(name, until, false).last());
      }
      keepOrDelete(name, holds && last >= name.firstPosition(), kept);
    }
    if (names.isEmpty()) {
      return new Found(kept, last, 0);
    }
    return newest(names.getLast(), last, kept);
  }

  /** Its name proves all that stands before it, also what has been deleted since. */
  private Found newest(SegmentName name, long before, List<SegmentName> kept) throws IOException {
    Scan scan = scan(name, Long.MAX_VALUE, true);
    long last = Math.max(before, Math.max(scan.last(), name.firstPosition() - 1));
    if (scan.last() == scan.proven()) {
      // Also when it is empty: with all before it shipped and deleted, its name alone says where
      // the
      // journal is. Positions that the audit-service has must not be given out again.
      kept.add(name);
      return new Found(kept, last, name.sequence());
    }
    SegmentName next = name.next(scan.proven() + 1);
    if (!writeAnew(scan, name, next)) {
      kept.add(name);
      return new Found(kept, last, name.sequence());
    }
    keepOrDelete(name, scan.proven() >= name.firstPosition(), kept);
    kept.add(next);
    return new Found(kept, last, next.sequence());
  }

  private void keepOrDelete(SegmentName name, boolean keep, List<SegmentName> kept)
      throws IOException {
    if (keep) {
      kept.add(name);
    } else {
      storage.delete(name.toString());
    }
  }

  /**
   * False when there is no room: then the old file is forced, so that what waits can be shipped and
   * make room. The restart of a machine whose disk failed and is full as well is not covered.
   */
  private boolean writeAnew(Scan scan, SegmentName old, SegmentName next) throws IOException {
    int length = scan.end() - scan.tailOffset();
    try {
      storage.create(next.toString(), scan.bytes().slice(scan.tailOffset(), length)).close();
      return true;
    } catch (IOException e) {
      LOG.warnf("The last records of %s could not be written anew (%s)", old, e);
      try (Segment segment = storage.open(old.toString())) {
        segment.force();
      }
      return false;
    }
  }

  private Scan scan(SegmentName name, long until, boolean newest) throws IOException {
    try (Segment segment = storage.open(name.toString())) {
      ByteBuffer bytes = ByteBuffer.allocate(segment.size());
      segment.read(bytes, 0);
      bytes.flip();
      List<Integer> ends = new ArrayList<>();
      long proven = name.firstPosition() - 1;
      long position = name.firstPosition();
      int offset = 0;
      while (position <= until) {
        Frame frame = Frame.at(bytes, offset, crc);
        if (frame == null || frame.position() != position) {
          break;
        }
        proven = Math.max(proven, frame.forcedBefore());
        offset = frame.end();
        ends.add(offset);
        position++;
      }
      proven = newest ? Math.max(proven, claimedBehind(bytes, offset, position)) : until;
      if (position <= proven) {
        throw new DamagedJournal(name, offset, position, proven);
      }
      int tail = (int) (proven - name.firstPosition());
      return new Scan(bytes, position - 1, proven, tail < 0 ? 0 : ends.get(tail), offset);
    }
  }

  /** Whole frames behind a torn one still tell what was forced when they were written. */
  private long claimedBehind(ByteBuffer bytes, int offset, long position) {
    long forced = 0;
    int at = offset;
    while (at <= bytes.limit() - Frame.HEADER) {
      Frame frame = bytes.getInt(at + 4) == Frame.FORMAT ? Frame.at(bytes, at, crc) : null;
      if (frame != null && frame.position() >= position) {
        forced = Math.max(forced, frame.forcedBefore());
        at = frame.end();
      } else {
        at++;
      }
    }
    return forced;
  }
}
