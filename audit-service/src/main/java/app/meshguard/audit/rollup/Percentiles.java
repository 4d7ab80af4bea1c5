package app.meshguard.audit.rollup;

/**
 * Latencies in microseconds; never too low, and at most 1/32 too high, but for the greatest, which
 * is exact.
 */
public record Percentiles(long p50, long p95, long p99, long max) {}
