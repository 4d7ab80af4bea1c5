package app.meshguard.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.HdrHistogram.Histogram;

/**
 * As many callers as connections, each waiting for its answer before it asks again. One thread and
 * one selector serve them all, because the cores are needed by the services under test.
 */
public final class ClosedLoop {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final InetSocketAddress target;
  private final List<Request> mix;
  private final int connections;

  public ClosedLoop(InetSocketAddress target, List<Request> mix, int connections) {
    this.target = target;
    this.mix = List.copyOf(mix);
    this.connections = connections;
  }

  /** Every request that was sent has its answer when this returns. */
  public Measured run(Duration time, Pace pace) throws IOException {
    List<Connection> open = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        Connection connection = Connection.open(target);
        open.add(connection);
        connection.channel().configureBlocking(false);
        connection.channel().register(selector, SelectionKey.OP_READ, connection);
      }
      return drive(selector, new ArrayDeque<>(open), time, pace);
    } finally {
      for (Connection connection : open) {
        connection.close();
      }
    }
  }

  private Measured drive(Selector selector, Queue<Connection> idle, Duration time, Pace pace)
      throws IOException {
    Histogram latency = Measured.newHistogram();
    long start = System.nanoTime();
    long end = start + time.toNanos();
    long now = start;
    int next = 0;
    while (now < end || idle.size() < connections) {
      while (now < end && !idle.isEmpty() && pace.take(now)) {
        Connection connection = idle.remove();
        connection.send(mix.get(next), System.nanoTime());
        next = (next + 1) % mix.size();
      }
      if (now > end + PATIENCE.toNanos()) {
        throw new WrongAnswer((connections - idle.size()) + " requests were never answered.");
      }
      // With callers waiting for their turn, look again in a millisecond.
      selector.select(key -> onReadable(key, idle, latency), idle.isEmpty() ? 100 : 1);
      now = System.nanoTime();
    }
    return new Measured(latency.getTotalCount(), (now - start) / 1e9, latency);
  }

  private static void onReadable(SelectionKey key, Queue<Connection> idle, Histogram latency) {
    Connection connection = (Connection) key.attachment();
    try {
      if (connection.readAnswer()) {
        latency.recordValue(System.nanoTime() - connection.startedAt());
        idle.add(connection);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
