package app.meshguard.decision.evidence;

import app.meshguard.wire.TenantId;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How much of the journal one tenant takes. What waits for a force is counted under the journal's
 * lock, what is stored and not shipped under that of {@link Unshipped}.
 */
final class TenantShare {
  /** Records that are counted together: 1,024 positions. */
  private static final int CHUNK_BITS = 10;

  private final TenantId tenant;
  private final long mostWaiting;
  private final long mostUnshipped;

  private long turn;
  private long waiting;

  private final Deque<Chunk> chunks = new ArrayDeque<>();
  private volatile long unshipped;

  private static final class Chunk {
    private final long number;
    private long bytes;

    Chunk(long number) {
      this.number = number;
    }
  }

  TenantShare(TenantId tenant, long mostWaiting, long mostUnshipped) {
    this.tenant = tenant;
    this.mostWaiting = mostWaiting;
    this.mostUnshipped = mostUnshipped;
  }

  TenantId tenant() {
    return tenant;
  }

  /**
   * Whether a record may wait for the next force; counts it then.
   *
   * @param currentTurn changes when all that waited has been taken to be forced
   */
  boolean admits(int bytes, long currentTurn) {
    if (turn != currentTurn) {
      turn = currentTurn;
      waiting = 0;
    }
    if (unshipped + bytes > mostUnshipped || waiting > mostWaiting) {
      return false;
    }
    waiting += bytes;
    return true;
  }

  void stored(long position, int bytes) {
    long number = position >> CHUNK_BITS;
    Chunk chunk = chunks.peekLast();
    if (chunk == null || chunk.number != number) {
      chunk = new Chunk(number);
      chunks.add(chunk);
    }
    chunk.bytes += bytes;
    setUnshipped(unshipped + bytes);
  }

  /** Chunks of which a part is not shipped yet are counted whole. */
  void shipped(long position) {
    long whole = position + 1 >> CHUNK_BITS;
    for (Chunk chunk = chunks.peek();
        chunk != null && chunk.number < whole;
        chunk = chunks.peek()) {
      setUnshipped(unshipped - chunk.bytes);
      chunks.remove();
    }
  }

  void shippedAll() {
    chunks.clear();
    setUnshipped(0);
  }

  long unshipped() {
    return unshipped;
  }

  private void setUnshipped(long bytes) {
    unshipped = bytes;
  }
}
