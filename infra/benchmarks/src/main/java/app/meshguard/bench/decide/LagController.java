package app.meshguard.bench.decide;

/**
 * Finds the rate at which decisions can come for ever: just as many as the audit log takes. More
 * load leaves less of the machine to the shipper, so the rate follows what was shipped, a little
 * more while the lag is short and less while it is long.
 */
final class LagController {
  /** The lag that is aimed at, as time at the present rate: some batches under way at all times. */
  private static final double TARGET_SECONDS = 0.5;

  private static final double GAIN = 0.3;
  private static final double MEMORY = 0.7;

  private double shippedPerSecond;

  LagController(double firstGuess) {
    this.shippedPerSecond = firstGuess;
  }

  /**
   * @param shipped records that the audit log took in the last {@code seconds}
   * @param lag records that it has not taken yet
   * @return requests per second to offer next
   */
  double next(double shipped, double seconds, double lag) {
    shippedPerSecond = MEMORY * shippedPerSecond + (1 - MEMORY) * shipped / seconds;
    double target = Math.max(1, shippedPerSecond * TARGET_SECONDS);
    double correction = Math.clamp(GAIN * (target - lag) / target, -0.5, GAIN);
    return Math.max(100, shippedPerSecond * (1 + correction));
  }
}
