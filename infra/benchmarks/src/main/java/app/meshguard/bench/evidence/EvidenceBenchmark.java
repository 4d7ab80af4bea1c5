package app.meshguard.bench.evidence;

import app.meshguard.bench.BenchOptions;
import app.meshguard.bench.Benchmark;
import app.meshguard.bench.evidence.IngestRun.Round;
import app.meshguard.bench.report.Bar;
import app.meshguard.bench.report.Report;
import app.meshguard.identity.ServiceIdentity;
import app.meshguard.local.Part;
import app.meshguard.local.Stack;
import app.meshguard.processes.PrivateFiles;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** {@code ./meshguard bench evidence}. */
public final class EvidenceBenchmark implements Benchmark {
  private static final int REPLICAS = 2;
  private static final int TENANTS = 20;
  private static final int ROUNDS = 3;
  private static final Duration BARE = Duration.ofSeconds(4);
  private static final Duration INGEST = Duration.ofSeconds(6);
  private static final Duration STEADY = Duration.ofSeconds(20);
  private static final int STEADY_BATCH = 1_000;

  private static final double LEAST_INGEST = 0.25;
  private static final double MOST_LAG_SECONDS = 2;
  private static final double MOST_CHECKPOINT_SECONDS = 1;

  private static final int SHOPS = 50;
  private static final int DECISIONS_PER_SECOND = 500;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration DECISIONS = Duration.ofSeconds(30);

  private final PrintStream out;

  public EvidenceBenchmark(PrintStream out) {
    this.out = out;
  }

  @Override
  public String description() {
    return "what the audit log takes, beside a bare insert, and how soon it is signed and found";
  }

  @Override
  public void run(BenchOptions options, Report report) throws Exception {
    Path home = options.state().resolve("bench/evidence-stack");
    PrivateFiles.deleteTree(home);
    out.println("Starting a stack of its own.");
    try (Stack stack = Stack.startGuarded(home);
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        LogTables tables = new LogTables(stack.databases())) {
      decisions(http, stack, tables, report);
      stack.stop(Part.DECISION);
      ingest(http, stack, tables, report);
    }
    PrivateFiles.deleteTree(home);
  }

  private void decisions(HttpClient http, Stack stack, LogTables tables, Report report)
      throws Exception {
    out.printf("%d tenants, %d decisions a second.%n", SHOPS, DECISIONS_PER_SECOND);
    var shops = new ManyTenants(http, stack.baseUrl()).signUp(SHOPS);
    URI decision = stack.url(Part.DECISION);
    URI audit = stack.url(Part.AUDIT);
    new CheckpointLatency(http, decision, audit, tables).run(shops, DECISIONS_PER_SECOND, WARM_UP);
    CheckpointLatency measured = new CheckpointLatency(http, decision, audit, tables);
    Histogram millis = measured.run(shops, DECISIONS_PER_SECOND, DECISIONS);
    report.figure("decisions answered a second", measured.answered() / 30.0, "1/s");
    report.figure("decision to signed checkpoint: p50", millis.getValueAtPercentile(50) / 1e3, "s");
    double p99 = millis.getValueAtPercentile(99) / 1e3;
    report.figure("decision to signed checkpoint: p99", p99, "s");
    report.figure("decision to signed checkpoint: longest", millis.getMaxValue() / 1e3, "s");
    report.bar(Bar.atMost("decision to signed checkpoint: p99", p99, MOST_CHECKPOINT_SECONDS, "s"));
  }

  private void ingest(HttpClient http, Stack stack, LogTables tables, Report report)
      throws Exception {
    ServiceIdentity identity =
        ServiceIdentity.load(
            "decision-service", stack.keys().identityKey("decision-service"), Clock.systemUTC());
    List<String> tenants =
        IntStream.range(0, TENANTS).mapToObj("org_bench%011d"::formatted).toList();
    List<EvidenceSender> senders =
        IntStream.range(0, REPLICAS)
            .mapToObj(i -> new EvidenceSender(http, stack.url(Part.AUDIT), identity))
            .toList();
    List<DecisionRecords> records =
        IntStream.range(0, REPLICAS)
            .mapToObj(i -> new DecisionRecords(tenants, i * 1_000_000_000L))
            .toList();
    for (EvidenceSender sender : senders) {
      sender.register();
    }
    IngestRun run = new IngestRun(senders, records, tables);
    out.println("Warming up the log.");
    run.run(INGEST);
    run.awaitProjected();
    BareInsert bare = new BareInsert(tables.connection());
    bare.prepare(tables.lastBatch());
    bare.run(BARE);

    double bareRows = 0;
    double committed = 0;
    double signed = 0;
    double projected = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double rows = bare.run(BARE);
      long begin = System.nanoTime();
      Round taken = run.run(INGEST);
      run.awaitProjected();
      double found = taken.entries() / ((System.nanoTime() - begin) / 1e9);
      out.printf(
          Locale.ROOT,
          "  bare insert %,8.0f/s  committed %,8.0f/s  signed %,8.0f/s  found %,8.0f/s%n",
          rows,
          taken.committed(),
          taken.signed(),
          found);
      bareRows += rows / ROUNDS;
      committed += taken.committed() / ROUNDS;
      signed += taken.signed() / ROUNDS;
      projected += found / ROUNDS;
    }
    report.note("bare insert: the rows of one batch, " + bare.sizes());
    report.figure("bare insert of the same rows", bareRows, "1/s");
    report.figure("log: entries committed", committed, "1/s");
    report.figure("log: entries covered by a signed checkpoint", signed, "1/s");
    report.figure("log and search: entries found", projected, "1/s");
    report.ratio("committed / bare insert", committed / bareRows);
    report.ratio("signed / bare insert", signed / bareRows);
    report.bar(
        Bar.atLeast("log, tree included / bare insert", signed / bareRows, LEAST_INGEST, "x"));
    lag(new ProjectionLag(senders.getFirst(), records.getFirst(), tables), signed, report);
  }

  private void lag(ProjectionLag lag, double perSecond, Report report) throws Exception {
    out.printf(Locale.ROOT, "A steady %,.0f entries a second.%n", perSecond);
    Histogram millis = lag.run((int) perSecond, STEADY_BATCH, STEADY);
    report.figure("search: lag at the log's rate, p50", millis.getValueAtPercentile(50) / 1e3, "s");
    double p99 = millis.getValueAtPercentile(99) / 1e3;
    report.figure("search: lag at the log's rate, p99", p99, "s");
    report.bar(Bar.atMost("search: lag at the log's rate, p99", p99, MOST_LAG_SECONDS, "s"));
  }
}
