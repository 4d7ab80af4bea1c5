package app.meshguard.bench.report;

/**
 * A figure that is promised.
 *
 * @param met whether {@code value} is on the right side of {@code limit}
 */
public record Bar(String name, double value, double limit, String unit, boolean met) {
  public static Bar atLeast(String name, double value, double limit, String unit) {
    return new Bar(name, value, limit, unit, value >= limit);
  }

  public static Bar atMost(String name, double value, double limit, String unit) {
    return new Bar(name, value, limit, unit, value <= limit);
  }
}
