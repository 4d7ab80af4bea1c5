package app.meshguard.decision.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Finds, at start-up, what the journal holds. Everything up to the highest position that any frame,
 * or the name of the newest segment, says was forced must be whole. What lies above may be torn or
 * missing and is cut at the first fault: nobody was answered for it.
 */
final class JournalRecovery {
  private final SegmentStorage storage;
  private final CRC32C crc = new CRC32C();

  /**
   * What was found.
   *
   * @param segments with records, oldest first
   * @param lastPosition of the last whole record; forced by the recovery
   * @param lastSequence of the newest segment, 0 when there is none
   */
  record Found(List<SegmentName> segments, long lastPosition, long lastSequence) {}

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
    for (int i = 0; i < names.size(); i++) {
      SegmentName name = names.get(i);
      boolean newest = i == names.size() - 1;
      long until = newest ? Long.MAX_VALUE : names.get(i + 1).firstPosition() - 1;
      if (newest) {
        // Its name proves all that stands before it, also what has been deleted since.
        last = Math.max(last, name.firstPosition() - 1);
      }
      if (until > acknowledged && until >= name.firstPosition()) {
        last = Math.max(last, scan(name, until, newest));
      }
      if (last >= name.firstPosition() && until >= name.firstPosition()) {
        kept.add(name);
      } else {
        storage.delete(name.toString());
      }
    }
    return new Found(kept, last, names.isEmpty() ? 0 : names.getLast().sequence());
  }

  private long scan(SegmentName name, long until, boolean newest) throws IOException {
    try (Segment segment = storage.open(name.toString())) {
      ByteBuffer bytes = ByteBuffer.allocate(segment.size());
      segment.read(bytes, 0);
      bytes.flip();
      long forced = name.firstPosition() - 1;
      long position = name.firstPosition();
      int offset = 0;
      while (position <= until) {
        Frame frame = Frame.at(bytes, offset, crc);
        if (frame == null || frame.position() != position) {
          break;
        }
        forced = Math.max(forced, frame.forcedBefore());
        offset = frame.end();
        position++;
      }
      forced = newest ? Math.max(forced, claimedBehind(bytes, offset, position)) : until;
      if (position <= forced) {
        throw new DamagedJournal(name, offset, position, forced);
      }
      if (newest && position > name.firstPosition()) {
        // What a killed process wrote is in the page cache only: it is shipped from here on.
        segment.force();
      }
      return position - 1;
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
