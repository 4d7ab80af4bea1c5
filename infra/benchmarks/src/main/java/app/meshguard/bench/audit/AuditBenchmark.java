package app.meshguard.bench.audit;

import app.meshguard.bench.BenchOptions;
import app.meshguard.bench.Benchmark;
import app.meshguard.bench.report.Bar;
import app.meshguard.bench.report.Report;
import app.meshguard.identity.ServiceIdentity;
import app.meshguard.local.Part;
import app.meshguard.local.Stack;
import app.meshguard.processes.PrivateFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code ./meshguard bench audit [--entries=n]}. */
public final class AuditBenchmark implements Benchmark {
  private static final int TENANTS = 20;
  private static final long FEW = 100_000;
  private static final long MANY = 5_000_000;
  private static final double MOST_MILLIS = 100;
  private static final double MOST_RATIO = 2;
  private static final List<String> PROMISED =
      List.of("newest page", "filter by agent and decision", "trace", "30-day analytics");

  private final PrintStream out;

  public AuditBenchmark(PrintStream out) {
    this.out = out;
  }

  @Override
  public String description() {
    return "searching five million entries; --entries=n takes fewer";
  }

  @Override
  public void run(BenchOptions options, Report report) throws Exception {
    Path home = options.state().resolve("bench/audit-stack");
    PrivateFiles.deleteTree(home);
    long many = Math.max(FEW, options.entries().orElse(MANY));
    out.println("Starting a stack of its own.");
    try (Stack stack = Stack.startGuarded(home);
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      AuditApi api = new AuditApi(http, stack.baseUrl(), stack.url(Part.AUDIT));
      List<LogTenant> tenants = api.signUp(TENANTS);
      stack.stop(Part.DECISION);
      ServiceIdentity identity =
          ServiceIdentity.load(
              "decision-service", stack.keys().identityKey("decision-service"), Clock.systemUTC());
      Filler filler = new Filler(http, stack.url(Part.AUDIT), identity);
      Instant now = Instant.now();
      Map<String, Double> few = measure(api, filler, tenants, now, FEW, report);
      Map<String, Double> all = measure(api, filler, tenants, now, many, report);
      for (String question : PROMISED) {
        double millis = all.getOrDefault(question, Double.NaN);
        report.bar(Bar.atMost(question + ": p95", millis, MOST_MILLIS, "ms"));
        report.bar(
            Bar.atMost(
                question + ": p95 against that of %,d entries".formatted(FEW),
                millis / few.getOrDefault(question, Double.NaN),
                MOST_RATIO,
                "x"));
      }
      export(api, tenants.getFirst(), report);
    }
    PrivateFiles.deleteTree(home);
    report.note(
        "The log was filled over HTTP: read, sealed, signed and projected as a replica's batches.");
  }

  private Map<String, Double> measure(
      AuditApi api, Filler filler, List<LogTenant> tenants, Instant now, long size, Report report)
      throws IOException, InterruptedException {
    out.printf("Filling the log up to %,d entries.%n", size);
    History history = new History(tenants, now, size);
    long start = System.nanoTime();
    filler.fillTo(history, size);
    double shipped = seconds(start);
    ServiceFigures figures = new ServiceFigures(api);
    figures.awaitProjected(size);
    report.figure("entries", size, "");
    report.figure("  shipped and committed after", shipped, "s");
    report.figure("  and all of it found after", seconds(start), "s");
    out.printf("Asking %,d entries.%n", size);
    Map<String, Double> found = new Questions(api, tenants, history, size).ask();
    found.forEach((question, millis) -> report.figure("  " + question + ": p95", millis, "ms"));
    return found;
  }

  private void export(AuditApi api, LogTenant tenant, Report report)
      throws IOException, InterruptedException {
    out.println("Exporting the longest log.");
    ServiceFigures figures = new ServiceFigures(api);
    try (HeapWatch heap = HeapWatch.start(figures)) {
      long start = System.nanoTime();
      long lines = api.lines(tenant, "/admin/audit/export?format=jsonl");
      report.figure("export: lines", lines, "");
      report.figure("export: time", seconds(start), "s");
      report.figure("export: heap used, first tenth of the time", heap.firstTenth(), "MiB");
      report.figure("export: heap used, greatest", heap.greatest(), "MiB");
    } catch (IOException e) {
      report.note("No export: " + e.getMessage());
    }
  }

  private static double seconds(long since) {
    return Duration.ofNanos(System.nanoTime() - since).toMillis() / 1e3;
  }
}
