package app.meshguard.decision.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file of fixed size. What is written is on stable storage only after {@link #force()}. */
public interface Segment extends AutoCloseable {
  String name();

  int size();

  /** Writes all remaining bytes at {@code offset}. */
  void write(ByteBuffer bytes, int offset) throws IOException;

  /** Fills {@code into} from {@code offset} as far as the segment goes. */
  void read(ByteBuffer into, int offset) throws IOException;

  /**
   * Brings what was written to stable storage.
   *
   * <p>INVARIANT: after this has failed once it must not be called again on this segment: the
   * operating system may have dropped the pages that it could not write, and would report success.
   */
  void force() throws IOException;

  @Override
  void close();
}
