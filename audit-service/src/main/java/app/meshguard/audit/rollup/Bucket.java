package app.meshguard.audit.rollup;

import java.time.temporal.ChronoUnit;

/** The buckets of time that sums are shown in: hours or days, UTC. */
public enum Bucket {
  HOUR(ChronoUnit.HOURS),
  DAY(ChronoUnit.DAYS);

  private final ChronoUnit unit;

  Bucket(ChronoUnit unit) {
    this.unit = unit;
  }

  public ChronoUnit unit() {
    return unit;
  }

  /** The start of the bucket that {@code at} falls in, as SQL. */
  String start() {
    return "date_trunc('" + (this == HOUR ? "hour" : "day") + "', at, 'UTC')";
  }
}
