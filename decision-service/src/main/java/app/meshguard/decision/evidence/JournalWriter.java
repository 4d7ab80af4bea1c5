package app.meshguard.decision.evidence;

import app.meshguard.decision.evidence.EvidenceUnavailable.Cause;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.CRC32C;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes. It owns the open segment: an interrupt of any other thread would
 * close the channel under everybody.
 */
final class JournalWriter implements Runnable {
  private static final Logger LOG = Logger.getLogger(JournalWriter.class);
  private static final int BUFFER = 4 << 20;

  private final Journal journal;
  private final Answers answers;
  private final SegmentStorage storage;
  private final Segments segments;
  private final int segmentBytes;
  private final ByteBuffer buffer;
  private final CRC32C crc = new CRC32C();
  private final LongAdder records = new LongAdder();
  private final LongAdder forces = new LongAdder();

  private SegmentName name;
  private @Nullable Segment segment;
  private int offset;
  private volatile long forced;

  /**
   * A writer that has no open segment yet.
   *
   * @param last sequence of the newest segment, and the last position that is on stable storage
   */
  JournalWriter(
      Journal journal,
      Answers answers,
      SegmentStorage storage,
      Segments segments,
      int segmentBytes,
      SegmentName last) {
    this.journal = journal;
    this.answers = answers;
    this.storage = storage;
    this.segments = segments;
    this.segmentBytes = segmentBytes;
    this.buffer = ByteBuffer.allocateDirect(Math.min(BUFFER, segmentBytes));
    this.name = last;
    this.forced = last.firstPosition();
  }

  int maxPayload() {
    return Math.min(Frame.MAX_PAYLOAD, buffer.capacity() - Frame.HEADER);
  }

  long forcedPosition() {
    return forced;
  }

  long records() {
    return records.sum();
  }

  long forces() {
    return forces.sum();
  }

  @Override
  public void run() {
    for (List<Waiting> group = journal.take(); group != null; group = journal.take()) {
      storeGuarded(new Group(group.stream().filter(Waiting::isWaiting).toList()));
    }
    closeSegment();
  }

  /** Records that are stored together; those before {@code done} are forced. */
  private static final class Group {
    private final List<Waiting> all;
    private int done;

    Group(List<Waiting> all) {
      this.all = all;
    }

    boolean isDone() {
      return done == all.size();
    }

    List<Waiting> rest() {
      return all.subList(done, all.size());
    }
  }

  private void storeGuarded(Group group) {
    try {
      store(group);
    } catch (RuntimeException e) {
      LOG.error("The journal failed in a way that nobody foresaw", e);
      closeSegment();
      journal.become(JournalState.broken());
      group.rest().forEach(w -> w.fail(Cause.BROKEN));
    }
  }

  private void store(Group group) {
    try {
      write(group);
    } catch (IOException first) {
      // The file that failed is never forced again: its pages may be gone. All that nobody has been
      // answered for goes to a new one, under the same positions, which replaces the old.
      LOG.warn("The journal could not be written; its segment is sealed", first);
      closeSegment();
      try {
        write(group);
      } catch (IOException second) {
        LOG.error("The journal cannot be written: decisions are answered 503", second);
        closeSegment();
        journal.become(JournalState.broken());
        group.rest().forEach(w -> w.fail(Cause.BROKEN));
      }
    }
  }

  private void write(Group group) throws IOException {
    while (!group.isDone()) {
      Segment open = segment != null ? segment : openNext();
      if (open == null) {
        journal.become(JournalState.FULL);
        group.rest().forEach(w -> w.fail(Cause.FULL));
        return;
      }
      int count = fill(group.rest(), Math.min(buffer.capacity(), segmentBytes - offset));
      if (count == 0) {
        closeSegment();
        continue;
      }
      open.write(buffer.flip(), offset);
      offset += buffer.limit();
      long before = System.nanoTime();
      open.force();
      long nanos = System.nanoTime() - before;
      Force force = new Force(forced + 1, group.rest().subList(0, count));
      forced += count;
      forces.increment();
      records.add(count);
      group.done += count;
      journal.forced();
      answers.forced(force);
      journal.account(force, nanos);
    }
  }

  private int fill(List<Waiting> rest, int room) {
    buffer.clear();
    int count = 0;
    for (Waiting waiting : rest) {
      if (buffer.position() + Frame.sizeOf(waiting.record) > room) {
        break;
      }
      count++;
      Frame.write(buffer, waiting.record, forced + count, forced, crc);
    }
    return count;
  }

  private @Nullable Segment openNext() throws IOException {
    if (!segments.makeRoom(forced)) {
      return null;
    }
    SegmentName next = name.next(forced + 1);
    // The number is used up even when this fails: what is left of the file must not come back.
    name = next;
    Segment made = create(next);
    segments.add(next);
    segment = made;
    offset = 0;
    if (segments.fitsOneMore()) {
      storage.prepare(segmentBytes);
    }
    return made;
  }

  private Segment create(SegmentName next) throws IOException {
    while (true) {
      try {
        return storage.create(next.toString(), segmentBytes);
      } catch (IOException e) {
        // The disk may be full: what is kept only for an older backup goes first.
        if (!segments.dropAcknowledged()) {
          throw e;
        }
      }
    }
  }

  private void closeSegment() {
    if (segment != null) {
      segment.close();
      segment = null;
    }
  }
}
