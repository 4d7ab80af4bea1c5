package app.meshguard.bench.decide;

import app.meshguard.bench.load.Measured;
import app.meshguard.bench.load.SteeredPace;
import app.meshguard.bench.load.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The load that can go on for ever, found and then held by following the shipper's lag. */
final class SustainedLoad {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  /** Lags at both ends are averages over this many looks: batches make them jump. */
  private static final int LOOKS_AT_AN_END = 20;

  private final Target target;
  private final EvidenceLag lag;
  private final SteeredPace pace;
  private final LagController controller;
  private final List<Long> lags = new ArrayList<>();

  /**
   * What was held.
   *
   * @param perSecond decisions answered, less what the lag grew by
   */
  record Sustained(double perSecond, Measured measured, double lagAtStart, double lagAtEnd) {
    double growth() {
      return lagAtEnd - lagAtStart;
    }
  }

  SustainedLoad(Target target, EvidenceLag lag, double firstGuess) {
    this.target = target;
    this.lag = lag;
    this.pace = new SteeredPace(firstGuess);
    this.controller = new LagController(firstGuess);
  }

  /** The first {@code settle} is spent finding the rate and does not count. */
  Sustained run(Duration settle, Duration time) throws IOException, InterruptedException {
    steered(settle);
    lags.clear();
    Measured measured = steered(time);
    double atStart = average(lags.subList(0, Math.min(LOOKS_AT_AN_END, lags.size())));
    double atEnd = average(lags.subList(Math.max(0, lags.size() - LOOKS_AT_AN_END), lags.size()));
    double unshipped = Math.max(0, lags.getLast() - lags.getFirst());
    double perSecond = (measured.answered() - unshipped) / measured.seconds();
    return new Sustained(perSecond, measured, atStart, atEnd);
  }

  private Measured steered(Duration time) throws IOException, InterruptedException {
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<Measured> load = threads.submit(() -> target.paced(time, pace));
      steer(load);
      return load.get();
    } catch (ExecutionException e) {
      throw new IOException("The sustained load failed.", e.getCause());
    }
  }

  private void steer(Future<Measured> load) throws IOException, InterruptedException {
    long lookedAt = System.nanoTime();
    long taken = pace.taken();
    long behind = lag.now();
    while (!load.isDone()) {
      Thread.sleep(LOOK_EVERY);
      long now = System.nanoTime();
      long takenNow = pace.taken();
      long behindNow = lag.now();
      lags.add(behindNow);
      double shipped = (takenNow - taken) - (behindNow - behind);
      pace.steer(controller.next(shipped, (now - lookedAt) / 1e9, behindNow));
      lookedAt = now;
      taken = takenNow;
      behind = behindNow;
    }
  }

  private static double average(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).average().orElse(0);
  }
}
