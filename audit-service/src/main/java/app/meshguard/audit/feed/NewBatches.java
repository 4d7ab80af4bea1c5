package app.meshguard.audit.feed;

import app.meshguard.audit.ingest.BatchCommitted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets a reader who has read everything wait for more. */
@ApplicationScoped
class NewBatches {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition committed = lock.newCondition();
  private long last;

  void on(@Observes BatchCommitted batch) {
    lock.lock();
    try {
      last = Math.max(last, batch.batch());
      committed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns when this process has committed a batch after this one, or the time is over. */
  void awaitAfter(long batch, Duration longest) {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (last <= batch && left > 0) {
        left = committed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
