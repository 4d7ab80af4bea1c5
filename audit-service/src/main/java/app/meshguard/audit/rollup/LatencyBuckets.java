package app.meshguard.audit.rollup;

/**
 * Which bucket of a histogram a latency falls in: exact below 64 microseconds, then 32 buckets for
 * each doubling. A percentile is answered as the upper end of its bucket, so it is never too low
 * and at most 1/32 (3.2 %) too high. The same as {@code latency_bucket} in the schema.
 */
public final class LatencyBuckets {
  private static final int EXACT = 64;
  private static final int PER_DOUBLING = 32;

  private LatencyBuckets() {}

  public static int of(long micros) {
    if (micros < EXACT) {
      return (int) Math.max(micros, 0);
    }
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros);
    return EXACT
        + (exponent - 6) * PER_DOUBLING
        + (int) (micros >> exponent - 5 & PER_DOUBLING - 1);
  }

  /** The greatest latency that falls in a bucket. */
  public static long upperEnd(int bucket) {
    if (bucket < EXACT) {
      return bucket;
    }
    int exponent = (bucket - EXACT) / PER_DOUBLING + 6;
    long part = (bucket - EXACT) % PER_DOUBLING;
    return (PER_DOUBLING + part + 1 << exponent - 5) - 1;
  }
}
