package app.meshguard.decision.bundle;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** The feed of a tenant-service without tenants, which can fall silent, end and refuse. */
final class FeedServer {
  private static final byte[] HEARTBEAT =
      "event: heartbeat\ndata: {\"at\":1,\"keys\":\"k1\"}\n\n".getBytes(StandardCharsets.UTF_8);

  private final AtomicInteger subscriptions = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicInteger generation = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private volatile boolean silent;
  private volatile boolean refusing;

  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/internal/feed", this::feed);
    server.createContext("/internal/bundles", x -> answer(x, "{\"keys\":\"k1\",\"tenants\":[]}"));
    server.createContext("/.well-known/jwks.json", x -> answer(x, "{\"keys\":[]}"));
    server.start();
  }

  void stop() {
    endStreams();
    server.stop(0);
    threads.shutdownNow();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  int subscriptions() {
    return subscriptions.get();
  }

  int refusals() {
    return refusals.get();
  }

  void endStreams() {
    generation.incrementAndGet();
  }

  /** Streams stay open, and nothing comes any more. */
  void fallSilent() {
    silent = true;
  }

  void refuse() {
    refusing = true;
  }

  void answer() {
    refusing = false;
  }

  private void feed(HttpExchange exchange) throws IOException {
    if (refusing) {
      refusals.incrementAndGet();
      exchange.sendResponseHeaders(503, -1);
      exchange.close();
      return;
    }
    int mine = generation.get();
    exchange.sendResponseHeaders(200, 0);
    subscriptions.incrementAndGet();
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(HEARTBEAT);
      out.flush();
      while (generation.get() == mine && !Thread.currentThread().isInterrupted()) {
        if (!silent) {
          out.write(HEARTBEAT);
          out.flush();
        }
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
