package app.meshguard.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadTest {
  private final AtomicLong served = new AtomicLong();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private InetSocketAddress target;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/check", exchange -> answer(exchange, 200));
    server.createContext("/broken", exchange -> answer(exchange, 503));
    server.start();
    target = server.getAddress();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.close();
  }

  @Test
  void countsExactlyWhatTheServiceAnswered() throws IOException {
    Measured measured = closedLoop("/check", "allow").run(Duration.ofMillis(300), Pace.UNLIMITED);

    assertTrue(measured.answered() > 0);
    assertEquals(served.get(), measured.answered());
    assertEquals(measured.answered(), measured.latencyNanos().getTotalCount());
  }

  @Test
  void startsNoMoreThanThePaceAllows() throws IOException {
    AtomicLong rights = new AtomicLong(7);

    Measured measured =
        closedLoop("/check", "allow")
            .run(Duration.ofMillis(200), nanoTime -> rights.getAndDecrement() > 0);

    assertEquals(7, measured.answered());
  }

  @Test
  void failsOnAWrongStatus() {
    ClosedLoop loop = closedLoop("/broken", "allow");
    WrongAnswer wrong =
        assertThrows(WrongAnswer.class, () -> loop.run(Duration.ofSeconds(5), Pace.UNLIMITED));
    assertTrue(wrong.getMessage().contains("503"), wrong.getMessage());
  }

  @Test
  void failsOnAWrongDecision() {
    ClosedLoop loop = closedLoop("/check", "deny");
    assertThrows(WrongAnswer.class, () -> loop.run(Duration.ofSeconds(5), Pace.UNLIMITED));
  }

  @Test
  void sendsEveryRequestOfAConstantRate() throws Exception {
    ConstantRate load = new ConstantRate(target, List.of(request("/check", "allow")), 8);

    Measured measured = load.run(500, Duration.ofMillis(500));

    assertEquals(250, measured.answered());
    assertEquals(250, served.get());
  }

  @Test
  void chargesAStallToEveryRequestThatWasDueMeanwhile() throws Exception {
    CountDownLatch firstIsThere = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    server.createContext(
        "/stall",
        exchange -> {
          if (firstIsThere.getCount() > 0) {
            firstIsThere.countDown();
            await(goOn);
          }
          answer(exchange, 200);
        });
    ConstantRate load = new ConstantRate(target, List.of(request("/stall", "allow")), 1);
    Duration stall = Duration.ofMillis(400);
    threads.submit(
        () -> {
          await(firstIsThere);
          Thread.sleep(stall); // the stall itself, not a wait for something
          goOn.countDown();
          return null;
        });

    Measured measured = load.run(100, Duration.ofMillis(200));

    // The 20th was due 190 ms after the first, so it waited for at least 200 ms of the stall.
    assertEquals(20, measured.answered());
    assertTrue(measured.latencyNanos().getMinValue() > Duration.ofMillis(190).toNanos());
  }

  @Test
  void failsTheConstantRateOnAWrongAnswer() {
    ConstantRate load = new ConstantRate(target, List.of(request("/broken", "allow")), 2);
    assertThrows(WrongAnswer.class, () -> load.run(100, Duration.ofMillis(200)));
  }

  @Test
  void aSteeredPaceSavesOnlyAFewRights() {
    SteeredPace pace = new SteeredPace(1_000);
    long hour = Duration.ofHours(1).toNanos();

    assertEquals(0, taken(pace, 0));
    assertEquals(5, taken(pace, 5_000_000));
    assertEquals(64, taken(pace, hour));
    pace.steer(0);
    assertEquals(0, taken(pace, 2 * hour));
  }

  private static int taken(Pace pace, long now) {
    int count = 0;
    while (pace.take(now)) {
      count++;
    }
    return count;
  }

  private ClosedLoop closedLoop(String path, String expected) {
    return new ClosedLoop(target, List.of(request(path, expected)), 4);
  }

  private static Request request(String path, String expected) {
    return Request.post(
        "sample", path, Map.of("X-A", "b"), "{\"action\":\"read:x\"}", 200, "\"" + expected + "\"");
  }

  private void answer(HttpExchange exchange, int status) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] body = "{\"decision\":\"allow\"}".getBytes(StandardCharsets.UTF_8);
    served.incrementAndGet();
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
