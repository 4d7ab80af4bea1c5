package app.meshguard.bench.load;

/** A rate that another thread may change while the load runs. */
public final class SteeredPace implements Pace {
  /** Unused rights beyond this many are lost: a stall is not made up for by a flood. */
  private static final double MOST_SAVED = 64;

  private volatile double perSecond;
  private volatile long taken;
  private double saved;
  private long lastAt;
  private boolean started;

  public SteeredPace(double perSecond) {
    this.perSecond = perSecond;
  }

  public void steer(double newPerSecond) {
    this.perSecond = newPerSecond;
  }

  public double perSecond() {
    return perSecond;
  }

  /** Requests that this pace has let start so far. */
  public long taken() {
    return taken;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread takes, others only read
  public boolean take(long nanoTime) {
    if (started) {
      saved = Math.min(MOST_SAVED, saved + (nanoTime - lastAt) * perSecond / 1e9);
    }
    started = true;
    lastAt = nanoTime;
    if (saved < 1) {
      return false;
    }
    saved--;
    taken++;
    return true;
  }
}
