package app.meshguard.bench.decide;

/**
 * Finds the rate at which decisions can come for ever: just as many as the audit log takes. While
 * the lag is short more is offered, step by step, for what is offered is not always taken; when it
 * is long, less than what was shipped.
 */
final class LagController {
  /** The lag that is aimed at, as time at the present rate: some batches under way at all times. */
  private static final double TARGET_SECONDS = 1;

  private static final double GAIN = 0.15;
  private static final double MEMORY = 0.7;

  /** No more than this many times what is shipped is offered. */
  private static final double MOST = 2;

  private double shippedPerSecond;
  private double offeredPerSecond;

  LagController(double firstGuess) {
    this.shippedPerSecond = firstGuess;
    this.offeredPerSecond = firstGuess;
  }

  /**
   * Steers by one step.
   *
   * @param shipped records that the audit log took in the last {@code seconds}
   * @param lag records that it has not taken yet
   * @return requests per second to offer next
   */
  double next(double shipped, double seconds, double lag) {
    shippedPerSecond = MEMORY * shippedPerSecond + (1 - MEMORY) * shipped / seconds;
    double target = Math.max(1, shippedPerSecond * TARGET_SECONDS);
    double correction = Math.clamp(GAIN * (target - lag) / target, -0.5, GAIN);
    double base = lag < target ? Math.max(offeredPerSecond, shippedPerSecond) : shippedPerSecond;
    offeredPerSecond = Math.clamp(base * (1 + correction), 100, 100 + MOST * shippedPerSecond);
    return offeredPerSecond;
  }
}
