package app.meshguard.bench.decide;

import app.meshguard.bench.decide.SustainedLoad.Sustained;
import app.meshguard.bench.load.Measured;
import app.meshguard.bench.load.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The phases of the measurement. Those that are compared take turns, and what one of them leaves
 * behind for the shipper is drained before the next one starts.
 */
final class DecideRun {
  static final int CONSTANT_PER_SECOND = 1_000;

  private static final int ROUNDS = 2;
  private static final Duration WARM_UP = Duration.ofSeconds(12);
  private static final Duration BASELINE = Duration.ofSeconds(5);
  private static final Duration BURST = Duration.ofSeconds(10);
  private static final Duration CONSTANT = Duration.ofSeconds(15);
  private static final Duration SETTLE = Duration.ofSeconds(20);
  private static final Duration SUSTAINED = Duration.ofSeconds(60);

  private final Target baseline;
  private final Target check;
  private final Target limited;
  private final List<Target> peers;
  private final EvidenceLag lag;
  private final PrintStream out;
  private final List<LeftBehind> leftBehind = new ArrayList<>();

  /** What a burst left to ship, and how long that took. */
  record LeftBehind(long records, Duration drained) {}

  DecideRun(
      Target baseline,
      Target check,
      Target limited,
      List<Target> peers,
      EvidenceLag lag,
      PrintStream out) {
    this.baseline = baseline;
    this.check = check;
    this.limited = limited;
    this.peers = List.copyOf(peers);
    this.lag = lag;
    this.out = out;
  }

  List<LeftBehind> leftBehind() {
    return leftBehind;
  }

  /** All that the audit log must hold in the end. */
  long decided() {
    return check.answered() + limited.answered();
  }

  void warmUp() throws IOException, InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      for (Target target : everyOther()) {
        target.warmUp(BASELINE);
      }
      check.warmUp(WARM_UP);
      lag.drain();
    }
    limited.warmUp(BASELINE);
    lag.drain();
  }

  void bursts() throws IOException, InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      for (Target target : everyOther()) {
        say(target.name(), target.burst(BASELINE));
      }
      say("burst of decisions", check.burst(BURST));
      long records = lag.now();
      leftBehind.add(new LeftBehind(records, lag.drain()));
    }
    say(baseline.name(), baseline.burst(BASELINE));
  }

  void constantRates() throws IOException, InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      for (Target target : everyOther()) {
        say(target.name(), target.constant(CONSTANT_PER_SECOND, CONSTANT));
      }
      say("decisions", check.constant(CONSTANT_PER_SECOND, CONSTANT));
      lag.drain();
    }
  }

  Sustained sustained() throws IOException, InterruptedException {
    double firstGuess = Math.max(500, check.bursts().perSecond() / 4);
    Sustained sustained = new SustainedLoad(check, lag, firstGuess).run(SETTLE, SUSTAINED);
    say("sustained decisions", sustained.measured());
    lag.drain();
    return sustained;
  }

  Measured limited() throws IOException, InterruptedException {
    Measured measured = limited.burst(BURST);
    say("decisions with a limit", measured);
    lag.drain();
    return measured;
  }

  private List<Target> everyOther() {
    List<Target> targets = new ArrayList<>(peers);
    targets.add(baseline);
    return targets;
  }

  private void say(String what, Measured measured) {
    out.printf(
        Locale.ROOT,
        "  %-40s %,9.0f/s  p50 %,8.0f us  p99 %,8.0f us%n",
        what,
        measured.perSecond(),
        measured.micros(50),
        measured.micros(99));
  }
}
