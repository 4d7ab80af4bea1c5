package app.meshguard.bench.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A running peer; ends with the benchmark. */
public final class PeerServer implements AutoCloseable {
  private static final Duration START_AT_MOST = Duration.ofSeconds(30);

  private final Process process;
  private final InetSocketAddress address;
  private final Thread endWithUs;

  private PeerServer(Process process, InetSocketAddress address) {
    this.process = process;
    this.address = address;
    this.endWithUs = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(endWithUs);
  }

  /** Starts {@code command} and waits until {@code readyPath} answers 200 on {@code port}. */
  static PeerServer start(
      String name,
      List<String> command,
      Map<String, String> environment,
      int port,
      String readyPath,
      Path directory)
      throws PeerUnavailable, IOException, InterruptedException {
    Path log = directory.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    PeerServer server =
        new PeerServer(
            builder.start(), new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    if (!server.becomesReady(URI.create("http://127.0.0.1:" + port + readyPath))) {
      server.close();
      throw new PeerUnavailable(name + " doesn't start, see " + log + ".");
    }
    return server;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public InetSocketAddress address() {
    return address;
  }

  private boolean becomesReady(URI ready) throws InterruptedException {
    long giveUp = System.nanoTime() + START_AT_MOST.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (process.isAlive() && System.nanoTime() < giveUp) {
        try {
          HttpRequest request = HttpRequest.newBuilder(ready).build();
          if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
            return true;
          }
        } catch (IOException e) {
          // Not listening yet.
        }
        process.waitFor(100, TimeUnit.MILLISECONDS);
      }
    }
    return false;
  }

  @Override
  public void close() throws InterruptedException {
    Runtime.getRuntime().removeShutdownHook(endWithUs);
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
