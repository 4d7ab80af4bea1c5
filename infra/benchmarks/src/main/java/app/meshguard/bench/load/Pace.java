package app.meshguard.bench.load;

/** Says whether one more request may start now. */
@FunctionalInterface
public interface Pace {
  /** As fast as the answers come. */
  Pace UNLIMITED = nanoTime -> true;

  /** Takes the right to start one request at {@code nanoTime}; false if there is none yet. */
  boolean take(long nanoTime);
}
