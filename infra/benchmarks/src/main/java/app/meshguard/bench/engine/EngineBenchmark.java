package app.meshguard.bench.engine;

import app.meshguard.bench.BenchOptions;
import app.meshguard.bench.Benchmark;
import app.meshguard.bench.report.Bar;
import app.meshguard.bench.report.Report;
import java.io.PrintStream;
import java.util.Collection;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** {@code ./meshguard bench engine}: runs JMH, each case in JVMs of its own. */
public final class EngineBenchmark implements Benchmark {
  private static final double MOST_MICROS = 1;
  private static final double MOST_SLOWER = 2;

  private final PrintStream out;

  public EngineBenchmark(PrintStream out) {
    this.out = out;
  }

  @Override
  public String description() {
    return "a decision of the policy engine alone (JMH), with few rules and with 10,000";
  }

  @Override
  public void run(BenchOptions options, Report report) throws Exception {
    long start = System.nanoTime();
    EngineState.verify(EngineState.claimsAgent(EngineState.compile(ManyRules.COUNT)));
    report.figure(
        "parse and compile 10,000 rules, in a cold JVM", (System.nanoTime() - start) / 1e6, "ms");
    out.println("Running JMH, about a minute and a half.");
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(DecideWithEngine.class.getName())
                    .addProfiler(GCProfiler.class)
                    .verbosity(VerboseMode.SILENT)
                    .jvmArgsAppend("-Xms1g", "-Xmx1g")
                    .shouldFailOnError(true)
                    .build())
            .run();
    double few = found(report, results, 0, "the claims policy alone");
    double many = found(report, results, ManyRules.COUNT, "10,000 more rules");
    report.ratio("10,000 more rules / the claims policy alone", many / few);
    report.bar(Bar.atMost("decision, the claims policy alone", few, MOST_MICROS, "us"));
    report.bar(Bar.atMost("decision, 10,000 more rules / alone", many / few, MOST_SLOWER, "x"));
  }

  /**
   * Microseconds a decision, the median of all iterations: other work on the machine makes peaks.
   */
  private static double found(
      Report report, Collection<RunResult> results, int moreRules, String what) {
    RunResult result =
        results.stream()
            .filter(run -> run.getParams().getParam("moreRules").equals(moreRules + ""))
            .findFirst()
            .orElseThrow();
    double micros = result.getPrimaryResult().getStatistics().getPercentile(50) / 1_000;
    report.figure("decision, " + what, micros, "us");
    report.figure(
        "decision, " + what + ": error of the mean (99.9 %)",
        result.getPrimaryResult().getScoreError() / 1_000,
        "us");
    report.figure(
        "decision, " + what + ": allocated",
        Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm")).getScore(),
        "B");
    return micros;
  }
}
