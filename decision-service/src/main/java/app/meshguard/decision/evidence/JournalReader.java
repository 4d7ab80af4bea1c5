package app.meshguard.decision.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records in their order, never beyond what is forced. Has segments of its own open: the
 * bytes come from the page cache. For one thread.
 */
public final class JournalReader implements AutoCloseable {
  private static final int WINDOW = 2 * (Frame.MAX_PAYLOAD + Frame.HEADER);

  private final SegmentStorage storage;
  private final Segments segments;
  private final LongSupplier forced;
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW);

  private long position;
  private @Nullable Segment segment;
  private long segmentPosition;
  private int windowOffset;
  private int at;

  /**
   * Records that follow each other.
   *
   * @param body each record and a newline after it
   * @param lastRecordLength bytes of the last record, without its newline
   */
  public record Batch(long firstPosition, int count, byte[] body, int lastRecordLength) {
    public long lastPosition() {
      return firstPosition + count - 1;
    }

    /** One by one. */
    public List<byte[]> records() {
      List<byte[]> records = new ArrayList<>(count);
      int from = 0;
      for (int i = 0; i < body.length; i++) {
        if (body[i] == '\n') {
          records.add(Arrays.copyOfRange(body, from, i));
          from = i + 1;
        }
      }
      return records;
    }
  }

  JournalReader(SegmentStorage storage, Segments segments, LongSupplier forced, long position) {
    this.storage = storage;
    this.segments = segments;
    this.forced = forced;
    this.position = position;
  }

  /** The position that the next batch begins with. */
  public long position() {
    return position;
  }

  /**
   * The next records, or null when there are none yet.
   *
   * @param maxBytes of the body; a single record may be longer
   */
  public @Nullable Batch next(int maxRecords, int maxBytes) throws IOException {
    long until = Math.min(forced.getAsLong(), position + maxRecords - 1);
    if (position > until) {
      return null;
    }
    long first = position;
    int last = 0;
    ByteArrayOutputStream body = new ByteArrayOutputStream(64 << 10);
    while (position <= until) {
      Frame frame = frame();
      if (body.size() > 0 && body.size() + frame.payloadLength() + 1 > maxBytes) {
        break;
      }
      body.write(window.array(), frame.payloadOffset(), frame.payloadLength());
      body.write('\n');
      last = frame.payloadLength();
      at = frame.end();
      position++;
      segmentPosition++;
    }
    return new Batch(first, (int) (position - first), body.toByteArray(), last);
  }

  private Frame frame() throws IOException {
    SegmentName name = segments.holding(position);
    if (name == null) {
      throw new IOException("the journal no longer holds record " + position);
    }
    if (segment == null || !segment.name().equals(name.toString())) {
      close();
      segment = storage.open(name.toString());
      segmentPosition = name.firstPosition();
      refill(segment, 0);
    }
    while (segmentPosition < position) {
      at = whole(segment).end();
      segmentPosition++;
    }
    return whole(segment);
  }

  private Frame whole(Segment open) throws IOException {
    Frame frame = Frame.at(window, at, crc);
    if (frame == null) {
      refill(open, windowOffset + at);
      frame = Frame.at(window, at, crc);
    }
    if (frame == null || frame.position() != segmentPosition) {
      throw new IOException(
          "record " + segmentPosition + " is not whole in " + open.name() + " at " + windowOffset);
    }
    return frame;
  }

  private void refill(Segment open, int offset) throws IOException {
    window.clear();
    open.read(window, offset);
    window.flip();
    windowOffset = offset;
    at = 0;
  }

  @Override
  public void close() {
    if (segment != null) {
      segment.close();
      segment = null;
    }
  }
}
