package app.meshguard.bench.decide;

import java.io.IOException;
import java.time.Duration;

/** How many records the audit log has yet to take. */
final class EvidenceLag {
  private static final String METRIC = "meshguard_shipper_lag_records";
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final ServiceMetrics decisionService;

  EvidenceLag(ServiceMetrics decisionService) {
    this.decisionService = decisionService;
  }

  long now() throws IOException, InterruptedException {
    return (long) decisionService.read(METRIC);
  }

  /** Waits until the audit log has everything; the answer is how long that took. */
  Duration drain() throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (now() > 0) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IOException("The audit log did not take what was left of it: " + now());
      }
      Thread.sleep(PAUSE);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
