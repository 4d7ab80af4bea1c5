package app.meshguard.bench.audit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Looks at the heap of the audit-service again and again. */
final class HeapWatch implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final List<Double> seen = new CopyOnWriteArrayList<>();
  private final Thread thread;

  private HeapWatch(ServiceFigures figures) {
    thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    while (!Thread.currentThread().isInterrupted()) {
                      seen.add(figures.heapMebibytes());
                      Thread.sleep(PAUSE);
                    }
                  } catch (IOException | InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
  }

  static HeapWatch start(ServiceFigures figures) {
    return new HeapWatch(figures);
  }

  /** The greatest use in the first tenth of the looks. */
  double firstTenth() {
    return greatest(seen.subList(0, Math.max(Math.min(1, seen.size()), seen.size() / 10)));
  }

  double greatest() {
    return greatest(seen);
  }

  private static double greatest(List<Double> of) {
    return of.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
