package app.meshguard.audit.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Whose turn it is to append. A shipper sends a batch before the one before it is answered, so that
 * one is read while the other is written; here they take their turns. The log itself refuses what
 * comes out of turn, whatever is done here.
 */
@ApplicationScoped
class Turns {
  /** For as long a batch that came too early waits for the one before it. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Map<UUID, Turn> turns = new ConcurrentHashMap<>();

  /** Appends when the batches before it have been; at most one of a journal at a time. */
  AppendResult inTurn(EvidenceBatch batch, Supplier<AppendResult> append) {
    Turn turn = turns.computeIfAbsent(batch.journal(), journal -> new Turn());
    turn.await(batch.firstPosition());
    long next = Turn.UNKNOWN;
    try {
      AppendResult result = append.get();
      if (result instanceof AppendResult.Committed committed) {
        next = committed.position().position() + 1;
      }
      return result;
    } finally {
      turn.pass(next);
    }
  }

  private static final class Turn {
    static final long UNKNOWN = Long.MAX_VALUE;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition passed = lock.newCondition();
    private long next = UNKNOWN;
    private boolean taken;

    void await(long firstPosition) {
      lock.lock();
      try {
        long patience = PATIENCE.toNanos();
        while (taken || (firstPosition > next && patience > 0)) {
          if (taken) {
            passed.awaitUninterruptibly();
          } else {
            patience = passed.awaitNanos(patience);
          }
        }
        taken = true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while another batch was written", e);
      } finally {
        lock.unlock();
      }
    }

    void pass(long nextPosition) {
      lock.lock();
      try {
        taken = false;
        next = nextPosition;
        passed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
