package app.meshguard.policy.proof;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * How long something takes at best. What takes too long by its nature does so each time; what a
 * busy machine delays is quick in one of a few tries.
 */
final class Patience {
  private static final int TRIES = 50;

  private Patience() {}

  /** The result, which must come within the time in one of a few tries. */
  static <T> T within(Duration most, Supplier<T> work, Supplier<String> what) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      long start = System.nanoTime();
      T result = work.get();
      best = Math.min(best, System.nanoTime() - start);
      if (best <= most.toNanos()) {
        return result;
      }
    }
    throw new AssertionError(best / 1_000 + " us at best: " + what.get());
  }
}
