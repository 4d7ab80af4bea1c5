package app.meshguard.audit.rollup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was counted under one key of a dimension, or in one bucket of time.
 *
 * @param at the start of the bucket of time; null when there is none
 * @param latencyCount how many told their latency
 */
public record Sum(
    @Nullable Instant at,
    String key,
    long total,
    long allow,
    long deny,
    long pending,
    long latencySum,
    long latencyCount,
    long latencyMax,
    @Nullable Instant lastAt) {
  static final Sum NOTHING = new Sum(null, "", 0, 0, 0, 0, 0, 0, 0, null);

  /** The mean latency in microseconds; null when nobody told one. */
  public @Nullable Long latencyMean() {
    return latencyCount == 0 ? null : latencySum / latencyCount;
  }

  /** The parts of a key that was put together of two; null for what was not there. */
  public String part(int number) {
    String[] parts = key.split("\n", 2);
    return number < parts.length ? parts[number] : "";
  }
}
