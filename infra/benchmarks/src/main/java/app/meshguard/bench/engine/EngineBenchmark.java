package app.meshguard.bench.engine;

import app.meshguard.bench.BenchOptions;
import app.meshguard.bench.Benchmark;
import app.meshguard.bench.claims.ClaimsCall;
import app.meshguard.bench.report.Bar;
import app.meshguard.bench.report.Report;
import java.io.PrintStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** {@code ./meshguard bench engine}: runs JMH, each case in a JVM of its own. */
public final class EngineBenchmark implements Benchmark {
  private static final double MOST_MICROS = 1;
  private static final double MOST_BYTES = 500;
  private static final double MOST_SLOWER = 2;
  private static final double CEDAR_SLOWER = 10;
  private static final double MOST_COMPILE_MILLIS = 1_000;
  private static final double MOST_FELT = 1.5;
  private static final int MANY = 10_000;

  private record Cost(double micros, double bytes) {}

  private final PrintStream out;

  public EngineBenchmark(PrintStream out) {
    this.out = out;
  }

  @Override
  public String description() {
    return "a decision of the policy engine alone (JMH), with 10 to 10,000 rules, beside Cedar";
  }

  @Override
  public void run(BenchOptions options, Report report) throws Exception {
    long start = System.nanoTime();
    EngineState.compile(Scenes.grownTexts(MANY, 0), Set.copyOf(ClaimsCall.TAGS));
    report.figure(
        "parse and compile 10,000 rules, in a cold JVM", (System.nanoTime() - start) / 1e6, "ms");
    out.println("Running JMH, about two minutes.");
    Map<String, Cost> ours = measured(DecideWithEngine.class, "scene", "MeshGuard, ", report);
    Map<String, Cost> cedar =
        measured(DecideWithCedar.class, "rules", "Cedar, more rules: ", report);
    seeds(ours, report);
    double growth = of(ours, "rules:" + MANY) / of(ours, "rules:10");
    report.ratio("10,000 rules / 10 rules", growth);
    report.bar(Bar.atMost("decision, 10,000 rules / 10 rules", growth, MOST_SLOWER, "x"));
    double least = Double.MAX_VALUE;
    for (String rules : cedar.keySet()) {
      String scene = rules.equals("0") ? "seed:enterprise-claims" : "rules:" + rules;
      double ratio = of(cedar, rules) / of(ours, scene);
      report.ratio("Cedar / MeshGuard, " + scene, ratio);
      least = Math.min(least, ratio);
    }
    report.bar(Bar.atLeast("Cedar's binding / MeshGuard, the least", least, CEDAR_SLOWER, "x"));
    swap(report);
    new PeersOverHttp(options.state().resolve("peers"), out).measure(report);
  }

  private void seeds(Map<String, Cost> ours, Report report) {
    ours.forEach(
        (scene, cost) -> {
          if (scene.startsWith("seed:")) {
            report.bar(Bar.atMost("decision, " + scene, cost.micros(), MOST_MICROS, "us"));
            report.bar(Bar.atMost("allocated, " + scene, cost.bytes(), MOST_BYTES, "B"));
          }
        });
  }

  private static double of(Map<String, Cost> measured, String key) {
    return Objects.requireNonNull(measured.get(key), key).micros();
  }

  private void swap(Report report) throws InterruptedException {
    out.println("Swapping 10,000 rules in under load.");
    SwapUnderLoad swap = new SwapUnderLoad(MANY).run();
    report.figure("p99 of a decision, 10,000 rules, nothing swapped", swap.steadyMicros(), "us");
    report.figure(
        "p99 of a decision while 10,000 rules are swapped in", swap.swappingMicros(), "us");
    report.bar(
        Bar.atMost(
            "parse and compile 10,000 rules", swap.compileMillis(), MOST_COMPILE_MILLIS, "ms"));
    report.bar(
        Bar.atMost(
            "p99 while swapping / steady",
            swap.swappingMicros() / swap.steadyMicros(),
            MOST_FELT,
            "x"));
  }

  /**
   * What a decision costs by the value of the parameter. Of the time the median of all iterations:
   * other work on the machine makes peaks.
   */
  private static Map<String, Cost> measured(
      Class<?> benchmark, String parameter, String prefix, Report report) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(benchmark.getName() + "\\.")
                    .addProfiler(GCProfiler.class)
                    .verbosity(VerboseMode.SILENT)
                    .jvmArgsAppend(
                        "-Xms1g",
                        "-Xmx1g",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow")
                    .shouldFailOnError(true)
                    .build())
            .run();
    Map<String, RunResult> byParameter =
        results.stream()
            .collect(
                Collectors.toMap(
                    run -> run.getParams().getParam(parameter),
                    run -> run,
                    (a, b) -> a,
                    LinkedHashMap::new));
    Map<String, Cost> found = new LinkedHashMap<>();
    byParameter.forEach(
        (name, run) -> {
          double micros = run.getPrimaryResult().getStatistics().getPercentile(50) / 1_000;
          double bytes =
              Objects.requireNonNull(run.getSecondaryResults().get("gc.alloc.rate.norm"))
                  .getScore();
          found.put(name, new Cost(micros, bytes));
          report.figure(prefix + name, micros, "us");
          report.figure(
              prefix + name + ": error of the mean (99.9 %)",
              run.getPrimaryResult().getScoreError() / 1_000,
              "us");
          report.figure(prefix + name + ": allocated", bytes, "B");
        });
    return found;
  }
}
