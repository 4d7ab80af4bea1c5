package app.meshguard.chaos.client;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, never for a time; the limit is only there so that a test ends. */
public final class Await {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

  private Await() {}

  public static void until(Supplier<String> what, BooleanSupplier condition) {
    if (!within(LIMIT, condition)) {
      throw new NotInTime("waited " + LIMIT + " for: " + what.get());
    }
  }

  /** Whether it comes true in this time. */
  public static boolean within(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }

  /** What was waited for did not come. */
  public static final class NotInTime extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotInTime(String message) {
      super(message);
    }
  }
}
