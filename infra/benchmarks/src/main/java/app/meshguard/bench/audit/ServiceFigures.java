package app.meshguard.bench.audit;

import java.io.IOException;
import java.time.Duration;

/** Reads what the audit-service tells of itself. */
final class ServiceFigures {
  private static final String PROJECTED = "meshguard_projection_entries_total";
  private static final String HEAP = "jvm_memory_used_bytes{area=\"heap\"";
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final AuditApi api;

  ServiceFigures(AuditApi api) {
    this.api = api;
  }

  /** Returns when the projection has followed the log up to so many entries. */
  void awaitProjected(long entries) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (sum(PROJECTED) < entries) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IOException("The projection did not come after: " + sum(PROJECTED));
      }
      Thread.sleep(PAUSE);
    }
  }

  double heapMebibytes() throws IOException, InterruptedException {
    return sum(HEAP) / (1 << 20);
  }

  private double sum(String prefix) throws IOException, InterruptedException {
    double sum = 0;
    for (String line : api.metrics().lines().toList()) {
      if (line.startsWith(prefix)) {
        sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    return sum;
  }
}
