package app.meshguard.bench.evidence;

import app.meshguard.bench.evidence.ManyTenants.Shop;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * The time from a decision's answer to the first look that finds a signed checkpoint over it. Some
 * of the tenants are looked at, some twenty times a second each: what passes between two looks
 * counts as latency.
 */
final class CheckpointLatency {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LOOKED_AT = 10;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
  private static final Duration SETTLE = Duration.ofSeconds(5);

  private final HttpClient http;
  private final URI decisionService;
  private final URI auditService;
  private final LogTables tables;
  private final Queue<Decided> decided = new ConcurrentLinkedQueue<>();
  private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
  private volatile boolean asking = true;
  private volatile boolean looking = true;

  private record Decided(String tenant, String decisionId, long answeredAt) {}

  private record Seen(String tenant, long size, long at) {}

  CheckpointLatency(HttpClient http, URI decisionService, URI auditService, LogTables tables) {
    this.http = http;
    this.decisionService = decisionService;
    this.auditService = auditService;
    this.tables = tables;
  }

  /** Milliseconds, one value a decision of the tenants that were looked at. */
  Histogram run(List<Shop> shops, int perSecond, Duration time)
      throws InterruptedException, SQLException {
    List<Shop> watched = shops.subList(0, Math.min(LOOKED_AT, shops.size()));
    long interval = 1_000_000_000L * shops.size() / perSecond;
    List<Thread> threads = new ArrayList<>();
    for (Shop shop : shops) {
      threads.add(Thread.ofVirtual().start(() -> ask(shop, interval)));
    }
    List<Thread> looks = new ArrayList<>();
    for (Shop shop : watched) {
      looks.add(Thread.ofVirtual().start(() -> look(shop)));
    }
    Thread.sleep(time);
    asking = false;
    for (Thread thread : threads) {
      thread.join();
    }
    Thread.sleep(SETTLE);
    looking = false;
    for (Thread look : looks) {
      look.join();
    }
    return latencies(watched);
  }

  /** How many decisions were answered, of all tenants. */
  int answered() {
    return decided.size();
  }

  private void ask(Shop shop, long interval) {
    HttpRequest request =
        HttpRequest.newBuilder(decisionService.resolve("/v1/check"))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + shop.agentToken())
            .POST(BodyPublishers.ofString("{\"action\":\"read:orders\"}"))
            .build();
    // Not all at once: each begins at its own place in the interval.
    long due = System.nanoTime() + (shop.tenant().hashCode() & 0xFFFF) * interval / 0x10000;
    while (asking) {
      LockSupport.parkNanos(due - System.nanoTime());
      due += interval;
      try {
        String id = JSON.readTree(send(request)).path("decisionId").asText();
        decided.add(new Decided(shop.tenant(), id, System.nanoTime()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void look(Shop shop) {
    HttpRequest request =
        HttpRequest.newBuilder(auditService.resolve("/admin/audit/checkpoint"))
            .header("X-Admin-Token", shop.adminToken())
            .build();
    while (looking) {
      try {
        // The second line of a checkpoint is the size of the tree.
        long size = Long.parseLong(send(request).lines().skip(1).findFirst().orElse("0"));
        seen.add(new Seen(shop.tenant(), size, System.nanoTime()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  private String send(HttpRequest request) throws IOException {
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(
            "%s answered %d: %s".formatted(answer.uri(), answer.statusCode(), answer.body()));
      }
      return answer.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private Histogram latencies(List<Shop> watched) throws SQLException {
    Histogram latencies = new Histogram(3);
    for (Shop shop : watched) {
      Map<String, Long> leaves = tables.leaves(shop.tenant());
      List<Seen> sizes = seen.stream().filter(one -> one.tenant().equals(shop.tenant())).toList();
      for (Decided one : decided) {
        if (one.tenant().equals(shop.tenant())) {
          latencies.recordValue(latency(one, leaves, sizes));
        }
      }
    }
    return latencies;
  }

  private static long latency(Decided decision, Map<String, Long> leaves, List<Seen> sizes) {
    Long leaf = leaves.get(decision.decisionId());
    if (leaf == null) {
      throw new IllegalStateException(decision + " is not in the log");
    }
    for (Seen look : sizes) {
      if (look.size() > leaf) {
        return Math.max(0, (look.at() - decision.answeredAt()) / 1_000_000);
      }
    }
    throw new IllegalStateException("no checkpoint covers " + decision);
  }
}
