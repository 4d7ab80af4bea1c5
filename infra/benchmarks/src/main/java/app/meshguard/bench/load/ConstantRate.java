package app.meshguard.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Requests at a constant rate, each counted from the moment when it was due, whether or not the one
 * before it had its answer by then: a service that stalls is charged for all who would have waited
 * (no coordinated omission).
 */
public final class ConstantRate {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** The kernel wakes a sleeper this late; the rest of the wait is spent spinning. */
  private static final long WAKE_UP_SLACK_NANOS = 80_000;

  private final InetSocketAddress target;
  private final List<Request> mix;
  private final int connections;

  public ConstantRate(InetSocketAddress target, List<Request> mix, int connections) {
    this.target = target;
    this.mix = List.copyOf(mix);
    this.connections = connections;
  }

  public Measured run(int perSecond, Duration time) throws IOException, InterruptedException {
    int total = Math.toIntExact(time.toMillis() * perSecond / 1000);
    double interval = 1e9 / perSecond;
    List<Connection> open = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(connections)) {
      for (int i = 0; i < connections; i++) {
        open.add(Connection.open(target));
      }
      // A little later, so that every caller is at its place when its first request is due.
      long start = System.nanoTime() + Duration.ofMillis(50).toNanos();
      List<Future<Histogram>> running = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        Connection connection = open.get(i);
        int first = i;
        running.add(callers.submit(() -> call(connection, first, total, start, interval)));
      }
      try {
        return together(running, start, time.plus(PATIENCE));
      } finally {
        callers.shutdownNow();
      }
    } finally {
      for (Connection connection : open) {
        connection.close();
      }
    }
  }

  private Histogram call(Connection connection, int first, int total, long start, double interval)
      throws IOException {
    Histogram latency = Measured.newHistogram();
    for (int n = first; n < total; n += connections) {
      long due = start + (long) (n * interval);
      waitUntil(due);
      connection.send(mix.get(n % mix.size()), due);
      while (!connection.readAnswer()) {
        // The rest of the answer is still on its way; reading blocks.
      }
      latency.recordValue(Math.max(0, System.nanoTime() - due));
    }
    return latency;
  }

  private static void waitUntil(long due) {
    long left = due - System.nanoTime();
    while (left > 0) {
      if (left > WAKE_UP_SLACK_NANOS) {
        LockSupport.parkNanos(left - WAKE_UP_SLACK_NANOS);
      } else {
        Thread.onSpinWait();
      }
      left = due - System.nanoTime();
    }
  }

  private static Measured together(List<Future<Histogram>> callers, long start, Duration patience)
      throws IOException, InterruptedException {
    long giveUp = start + patience.toNanos();
    Histogram latency = Measured.newHistogram();
    try {
      for (Future<Histogram> caller : callers) {
        latency.add(caller.get(giveUp - System.nanoTime(), TimeUnit.NANOSECONDS));
      }
      return new Measured(latency.getTotalCount(), (System.nanoTime() - start) / 1e9, latency);
    } catch (TimeoutException e) {
      throw new WrongAnswer("The service does not keep up with the constant rate, or hangs.");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WrongAnswer wrong) {
        throw wrong;
      }
      throw new IOException("A caller of the constant rate failed.", e.getCause());
    }
  }
}
