package app.meshguard.bench.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.HdrHistogram.Histogram;

/** What is asked of the log, one after the other, each time of another tenant. */
final class Questions {
  private static final int WARM_UP = 60;
  private static final int TIMES = 200;
  private static final double MICROS = 1_000;
  private static final List<String> CHARTS =
      List.of("overview", "timeseries", "agents", "policies", "latency-heatmap");

  private final AuditApi api;
  private final List<LogTenant> tenants;
  private final History history;
  private final long entries;

  Questions(AuditApi api, List<LogTenant> tenants, History history, long entries) {
    this.api = api;
    this.tenants = List.copyOf(tenants);
    this.history = history;
    this.entries = entries;
  }

  private record Asked(LogTenant tenant, String path) {}

  @FunctionalInterface
  private interface Question {
    Asked next(Random random);
  }

  private Asked of(Random random, String path) {
    return new Asked(tenants.get(random.nextInt(tenants.size())), path);
  }

  /** Milliseconds at the 95th percentile, by question. */
  Map<String, Double> ask() throws IOException, InterruptedException {
    Map<String, Question> questions = new LinkedHashMap<>();
    questions.put("newest page", random -> of(random, "/admin/audit?limit=50"));
    questions.put("filter by agent and decision", this::ofAgent);
    questions.put("trace", this::trace);
    questions.put(
        "30-day analytics",
        random ->
            of(
                random,
                "/admin/analytics/" + CHARTS.get(random.nextInt(CHARTS.size())) + "?period=30d"));
    questions.put(
        "rare words",
        random -> of(random, "/admin/audit?q=order+" + random.nextInt(1_000_000) + "+refund"));
    Map<String, Double> found = new LinkedHashMap<>();
    for (Map.Entry<String, Question> question : questions.entrySet()) {
      run(question.getValue(), WARM_UP, new Random(1));
      found.put(
          question.getKey(),
          run(question.getValue(), TIMES, new Random(2)).getValueAtPercentile(95) / MICROS);
    }
    return found;
  }

  private Asked ofAgent(Random random) {
    LogTenant tenant = tenants.get(random.nextInt(tenants.size()));
    String agent = History.agent(tenant, random.nextInt(History.AGENTS));
    return new Asked(tenant, "/admin/audit?decision=deny&agentId=" + agent);
  }

  private Asked trace(Random random) {
    long number = random.nextLong(entries);
    return new Asked(history.tenantOf(number), "/admin/audit/traces/" + history.trace(number));
  }

  private Histogram run(Question question, int times, Random random)
      throws IOException, InterruptedException {
    Histogram micros = new Histogram(3);
    for (int i = 0; i < times; i++) {
      Asked asked = question.next(random);
      long start = System.nanoTime();
      JsonNode answer = api.get(asked.tenant(), asked.path());
      micros.recordValue((System.nanoTime() - start) / 1_000);
      if (asked.path().contains("limit=") && answer.path("entries").isEmpty()) {
        throw new IOException(asked.path() + " found nothing");
      }
    }
    return micros;
  }
}
