package app.meshguard.bench;

import app.meshguard.bench.audit.AuditBenchmark;
import app.meshguard.bench.decide.DecideBenchmark;
import app.meshguard.bench.engine.EngineBenchmark;
import app.meshguard.bench.evidence.EvidenceBenchmark;
import app.meshguard.bench.report.Machine;
import app.meshguard.bench.report.Report;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** {@code ./meshguard bench <name> [--peers] [--entries=n]}. */
public final class Bench {
  private static final int WRONG_USE = 2;
  private static final String ENTRIES = "--entries=";

  private final Map<String, Benchmark> benchmarks;
  private final Path state;
  private final PrintStream out;

  Bench(Map<String, Benchmark> benchmarks, Path state, PrintStream out) {
    this.benchmarks = new TreeMap<>(benchmarks);
    this.state = state;
    this.out = out;
  }

  public static void main(String[] args) throws Exception {
    Path home = Path.of(System.getProperty("meshguard.home", ".meshguard")).toAbsolutePath();
    Map<String, Benchmark> benchmarks =
        Map.of(
            "audit", new AuditBenchmark(System.out),
            "decide", new DecideBenchmark(System.out),
            "engine", new EngineBenchmark(System.out),
            "evidence", new EvidenceBenchmark(System.out));
    Bench bench = new Bench(benchmarks, home, System.out);
    System.exit(bench.run(args));
  }

  /** 0 even when a bar is missed: a benchmark reports, it does not judge. */
  int run(String... args) throws Exception {
    List<String> names = Arrays.stream(args).filter(arg -> !arg.startsWith("--")).toList();
    List<String> flags = Arrays.stream(args).filter(arg -> arg.startsWith("--")).toList();
    Benchmark benchmark = names.size() == 1 ? benchmarks.get(names.getFirst()) : null;
    if (benchmark == null || !flags.stream().allMatch(Bench::isKnown)) {
      out.println("Usage: ./meshguard bench <name> [--peers] [--entries=<n>]");
      benchmarks.forEach((name, known) -> out.printf("  %-10s %s%n", name, known.description()));
      return WRONG_USE;
    }
    Report report = new Report(names.getFirst(), Machine.look(state));
    benchmark.run(new BenchOptions(state, flags.contains("--peers"), entries(flags)), report);
    out.print(report.table());
    out.println("  written to " + report.writeTo(state.resolve("bench")));
    return 0;
  }

  private static boolean isKnown(String flag) {
    return flag.equals("--peers") || flag.matches(ENTRIES + "[1-9][0-9]{0,9}");
  }

  private static OptionalLong entries(List<String> flags) {
    return flags.stream()
        .filter(flag -> flag.startsWith(ENTRIES))
        .mapToLong(flag -> Long.parseLong(flag.substring(ENTRIES.length())))
        .findFirst();
  }
}
