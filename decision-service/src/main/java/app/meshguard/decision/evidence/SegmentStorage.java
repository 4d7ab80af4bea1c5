package app.meshguard.decision.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Where the segments of a journal are. Small, so that a test can put a storage below the journal
 * that forgets, at a simulated power cut, all that was not forced.
 */
public interface SegmentStorage {

  /** Names of the segments that are there, in no particular order. */
  List<String> names() throws IOException;

  /**
   * Makes a segment of {@code size} zero bytes. When this returns, its name and its extent survive
   * a power cut.
   */
  Segment create(String name, int size) throws IOException;

  /**
   * Makes a segment of these bytes. It is there whole, or, after a power cut before, not at all.
   */
  Segment create(String name, ByteBuffer contents) throws IOException;

  /** Opens a segment that is there. */
  Segment open(String name) throws IOException;

  void delete(String name) throws IOException;

  /** How much more there is room for. */
  default long usableBytes() throws IOException {
    return Long.MAX_VALUE;
  }

  /** A hint that a segment of this size will be made soon. */
  default void prepare(int size) {}
}
