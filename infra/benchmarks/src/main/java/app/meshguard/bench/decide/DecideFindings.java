package app.meshguard.bench.decide;

import app.meshguard.bench.decide.DecideRun.LeftBehind;
import app.meshguard.bench.decide.SustainedLoad.Sustained;
import app.meshguard.bench.load.Measured;
import app.meshguard.bench.load.Target;
import app.meshguard.bench.peers.Peer;
import app.meshguard.bench.report.Bar;
import app.meshguard.bench.report.Report;
import java.util.List;

/** Turns what was measured into figures, ratios and bars. */
final class DecideFindings {
  private static final double LEAST_BURST = 0.35;
  private static final double LEAST_SUSTAINED = 0.15;
  private static final double MOST_P99 = 3;

  /** A lag that grows by less than this share of what was answered stands still. */
  private static final double MOST_GROWTH = 0.01;

  private final Report report;
  private final Target baseline;
  private final Target check;

  DecideFindings(Report report, Target baseline, Target check) {
    this.report = report;
    this.baseline = baseline;
    this.check = check;
  }

  void bursts(List<LeftBehind> leftBehind) {
    throughput(baseline);
    throughput(check);
    for (LeftBehind left : leftBehind) {
      report.figure("burst of 10 s: lag left behind", left.records(), "records");
      report.figure("burst of 10 s: time to drain it", left.drained().toMillis() / 1e3, "s");
    }
    double ratio = check.bursts().perSecond() / baseline.bursts().perSecond();
    report.ratio("burst / baseline", ratio);
    report.bar(Bar.atLeast("burst / baseline throughput", ratio, LEAST_BURST, "x"));
  }

  void sustained(Sustained sustained) {
    Measured measured = sustained.measured();
    report.figure("sustained 60 s: decisions answered and shipped", sustained.perSecond(), "1/s");
    report.figure("sustained 60 s: p99", measured.micros(99), "us");
    report.figure("sustained 60 s: lag in the first 10 s", sustained.lagAtStart(), "records");
    report.figure("sustained 60 s: lag in the last 10 s", sustained.lagAtEnd(), "records");
    double ratio = sustained.perSecond() / baseline.bursts().perSecond();
    report.ratio("sustained / baseline", ratio);
    report.bar(Bar.atLeast("sustained / baseline throughput", ratio, LEAST_SUSTAINED, "x"));
    double growth = sustained.growth() / measured.answered();
    report.bar(Bar.atMost("sustained: growth of the lag / answered", growth, MOST_GROWTH, "x"));
  }

  void constantRates() {
    latency(baseline);
    latency(check);
    double ratio = check.constants().micros(99) / baseline.constants().micros(99);
    report.ratio("p99 at 1,000/s: check / baseline", ratio);
    report.bar(Bar.atMost("p99 at 1,000/s: check / baseline", ratio, MOST_P99, "x"));
  }

  void limited(Measured measured) {
    report.figure("check with a limit: 32 connections", measured.perSecond(), "1/s");
    report.figure("check with a limit: p99", measured.micros(99), "us");
    report.ratio("check with a limit / check", measured.perSecond() / check.bursts().perSecond());
  }

  void peer(Peer peer, Target target) {
    throughput(target);
    latency(target);
    double faster = check.bursts().perSecond() / target.bursts().perSecond();
    report.bar(
        Bar.atLeast("throughput: check / " + peer.name(), faster, peer.throughputBar(), "x"));
    double slower = check.bursts().micros(99) / target.bursts().micros(99);
    report.bar(Bar.atMost("p99 at 32 connections: check / " + peer.name(), slower, 1, "x"));
    double slowerAtRate = check.constants().micros(99) / target.constants().micros(99);
    report.bar(Bar.atMost("p99 at 1,000/s: check / " + peer.name(), slowerAtRate, 1, "x"));
  }

  private void throughput(Target target) {
    report.figure(target.name() + ": 32 connections", target.bursts().perSecond(), "1/s");
    report.figure(target.name() + ": 32 connections, p99", target.bursts().micros(99), "us");
  }

  private void latency(Target target) {
    report.figure(target.name() + ": 1,000/s, p50", target.constants().micros(50), "us");
    report.figure(target.name() + ": 1,000/s, p99", target.constants().micros(99), "us");
    report.figure(target.name() + ": 1,000/s, p99.9", target.constants().micros(99.9), "us");
  }
}
