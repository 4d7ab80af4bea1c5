package app.meshguard.decision.evidence;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One record in a segment: length of the payload (4 bytes), format (4), position (8), the highest
 * position that was forced when this one was written (8), CRC32C of all the rest (4), payload.
 *
 * @param position counts the records of the journal, from 1
 * @param forcedBefore what must be whole when this frame is found
 */
record Frame(long position, long forcedBefore, int payloadOffset, int payloadLength) {
  static final int HEADER = 28;
  static final int MAX_PAYLOAD = 1 << 20;

  /** "MGJ" and the format number 1. */
  static final int FORMAT = 0x4D474A01;

  private static final int CHECKED_HEADER = 24;

  /** The offset behind this frame. */
  int end() {
    return payloadOffset + payloadLength;
  }

  static int sizeOf(byte[] payload) {
    return HEADER + payload.length;
  }

  static void write(ByteBuffer out, byte[] payload, long position, long forcedBefore, CRC32C crc) {
    int start = out.position();
    out.putInt(payload.length).putInt(FORMAT).putLong(position).putLong(forcedBefore);
    crc.reset();
    crc.update(out.slice(start, CHECKED_HEADER));
    crc.update(payload);
    out.putInt((int) crc.getValue()).put(payload);
  }

  /**
   * The frame at {@code offset}, or null when there is no whole one.
   *
   * @throws UnknownFormat when there is a frame of another format: never half-read
   */
  static @Nullable Frame at(ByteBuffer segment, int offset, CRC32C crc) {
    if (segment.limit() - offset < HEADER) {
      return null;
    }
    int length = segment.getInt(offset);
    int format = segment.getInt(offset + 4);
    if (format != FORMAT) {
      // Format 0 is a header that was torn here: segments are zeros before they are written.
      if ((format & 0xFFFFFF00) == (FORMAT & 0xFFFFFF00) && (format & 0xFF) != 0) {
        throw new UnknownFormat(format & 0xFF);
      }
      return null;
    }
    if (length < 0 || length > MAX_PAYLOAD || length > segment.limit() - offset - HEADER) {
      return null;
    }
    crc.reset();
    crc.update(segment.slice(offset, CHECKED_HEADER));
    crc.update(segment.slice(offset + HEADER, length));
    if ((int) crc.getValue() != segment.getInt(offset + CHECKED_HEADER)) {
      return null;
    }
    return new Frame(
        segment.getLong(offset + 8), segment.getLong(offset + 16), offset + HEADER, length);
  }

  /** A frame of a format that this release does not know. */
  static final class UnknownFormat extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnknownFormat(int format) {
      super("a journal frame of format " + format + ", this release knows format 1");
    }
  }
}
