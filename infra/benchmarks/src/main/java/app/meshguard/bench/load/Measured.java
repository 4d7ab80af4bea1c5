package app.meshguard.bench.load;

import org.HdrHistogram.Histogram;

/**
 * What one phase of load found.
 *
 * @param answered requests that got their right answer
 * @param seconds from the first request to the last answer
 * @param latencyNanos of each request
 */
public record Measured(long answered, double seconds, Histogram latencyNanos) {
  public double perSecond() {
    return answered / seconds;
  }

  public double micros(double percentile) {
    return latencyNanos.getValueAtPercentile(percentile) / 1_000.0;
  }

  /** Two phases of the same thing taken as one. */
  public Measured and(Measured other) {
    Histogram both = latencyNanos.copy();
    both.add(other.latencyNanos);
    return new Measured(answered + other.answered, seconds + other.seconds, both);
  }

  static Histogram newHistogram() {
    return new Histogram(60_000_000_000L, 3);
  }
}
