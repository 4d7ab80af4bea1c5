package app.meshguard.bench.decide;

import app.meshguard.bench.BenchOptions;
import app.meshguard.bench.Benchmark;
import app.meshguard.bench.claims.ClaimsCall;
import app.meshguard.bench.claims.ClaimsPolicy;
import app.meshguard.bench.load.Request;
import app.meshguard.bench.load.Target;
import app.meshguard.bench.peers.Peer;
import app.meshguard.bench.peers.PeerServer;
import app.meshguard.bench.peers.PeerUnavailable;
import app.meshguard.bench.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code ./meshguard bench decide [--peers]}. */
public final class DecideBenchmark implements Benchmark {
  private static final String BASELINE_PATH = "/v1/baseline";
  private static final Duration AUDIT_PATIENCE = Duration.ofSeconds(60);

  private final PrintStream out;

  public DecideBenchmark(PrintStream out) {
    this.out = out;
  }

  @Override
  public String description() {
    return "a recorded decision over HTTP; --peers also measures Cerbos and OPA";
  }

  @Override
  public void run(BenchOptions options, Report report) throws Exception {
    Map<Peer, PeerServer> servers = new LinkedHashMap<>();
    try (HttpClient http = HttpClient.newHttpClient()) {
      if (options.peers()) {
        startPeers(options.state().resolve("peers"), servers, report);
      }
      out.println("Starting a stack of its own.");
      try (StackUnderTest stack = StackUnderTest.start(options.state().resolve("bench/stack"))) {
        measure(http, stack, servers, report);
        stack.notNeededAnyMore();
      }
    } finally {
      for (PeerServer server : servers.values()) {
        server.close();
      }
    }
  }

  private void measure(
      HttpClient http, StackUnderTest stack, Map<Peer, PeerServer> servers, Report report)
      throws IOException, InterruptedException {
    Insurer insurer = Insurer.signUp(http, stack.front());
    insurer.apply(ClaimsPolicy.text());
    insurer.apply(DecideRequests.LIMIT_POLICY);
    String token = insurer.createAgent("claims-bot", ClaimsCall.DEPARTMENT, ClaimsCall.TAGS);
    String limitedToken =
        insurer.createAgent("mail-bot", "marketing", List.of(DecideRequests.LIMIT_TAG));
    long entriesBefore = insurer.auditEntries();

    URI service = stack.decisionService();
    Target baseline = target("baseline", service, DecideRequests.baselines(BASELINE_PATH, token));
    Target check = target("check", service, DecideRequests.checks(token));
    Target limited = target("check with a limit", service, DecideRequests.limited(limitedToken));
    Map<Peer, Target> peers = new LinkedHashMap<>();
    for (Map.Entry<Peer, PeerServer> running : servers.entrySet()) {
      Peer peer = running.getKey();
      peers.put(peer, new Target(peer.name(), running.getValue().address(), peer.mix()));
    }
    EvidenceLag lag = new EvidenceLag(new ServiceMetrics(http, service));
    DecideRun run =
        new DecideRun(baseline, check, limited, new ArrayList<>(peers.values()), lag, out);
    DecideFindings findings = new DecideFindings(report, baseline, check);

    out.println("Warming up every endpoint.");
    run.warmUp();
    out.println("Bursts at 32 connections, taking turns.");
    run.bursts();
    findings.bursts(run.leftBehind());
    out.println("As many as the audit log takes, for a minute.");
    findings.sustained(run.sustained());
    out.println("A constant rate of 1,000 a second, each counted from when it was due.");
    run.constantRates();
    findings.constantRates();
    out.println("A policy with a limit.");
    findings.limited(run.limited());
    peers.forEach(findings::peer);
    everyDecisionIsRecorded(insurer, entriesBefore + run.decided(), report);
  }

  private static void everyDecisionIsRecorded(Insurer insurer, long expected, Report report)
      throws IOException, InterruptedException {
    long giveUp = System.nanoTime() + AUDIT_PATIENCE.toNanos();
    long entries = insurer.auditEntries();
    while (entries < expected && System.nanoTime() < giveUp) {
      Thread.sleep(Duration.ofMillis(250));
      entries = insurer.auditEntries();
    }
    if (entries != expected) {
      throw new IOException(
          "The audit log holds %,d entries, but %,d decisions were answered."
              .formatted(entries, expected));
    }
    report.figure("decisions answered, all of them in the audit log", entries, "entries");
  }

  private void startPeers(Path directory, Map<Peer, PeerServer> servers, Report report)
      throws IOException, InterruptedException {
    for (Peer peer : Peer.ALL) {
      try {
        out.println("Installing " + peer.name() + ", unless it is there.");
        peer.install(directory);
        servers.put(peer, peer.start(peer.binary(directory), directory));
      } catch (PeerUnavailable e) {
        out.println(e.reason());
        report.note(e.reason());
      }
    }
  }

  private static Target target(String name, URI service, List<Request> mix) {
    return new Target(name, new InetSocketAddress(service.getHost(), service.getPort()), mix);
  }
}
