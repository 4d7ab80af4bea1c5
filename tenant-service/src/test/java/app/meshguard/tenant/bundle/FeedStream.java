package app.meshguard.tenant.bundle;

import app.meshguard.tenant.platform.Json;
import app.meshguard.testsupport.TestKeys;
import app.meshguard.wire.bundle.FeedEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A decision replica's side of the feed. */
final class FeedStream implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final BlockingQueue<FeedEvent> changes = new LinkedBlockingQueue<>();
  private final CountDownLatch firstHeartbeat = new CountDownLatch(1);
  private final Consumer<FeedEvent> onChange;
  private final InputStream body;

  /** Connects, and returns once the first heartbeat has come. */
  FeedStream(String baseUri, String replica, Consumer<FeedEvent> onChange) throws Exception {
    this.onChange = onChange;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(baseUri + "/internal/feed?replica=" + replica))
            .header("Authorization", TestKeys.bearer("decision-service", "tenant-service"))
            .build();
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      throw new IllegalStateException("the feed answered " + response.statusCode());
    }
    body = response.body();
    Thread.ofVirtual().start(this::read);
    if (!firstHeartbeat.await(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("no heartbeat");
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      String name = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event:")) {
          name = line.substring(6).strip();
        } else if (line.startsWith("data:") && name.equals("change")) {
          FeedEvent event = Json.read(line.substring(5), FeedEvent.class);
          changes.add(event);
          onChange.accept(event);
        } else if (line.startsWith("data:")) {
          firstHeartbeat.countDown();
        }
      }
    } catch (IOException e) {
      // Closed by the test.
    }
  }

  /** The next change, or null when none comes within ten seconds. */
  FeedEvent next() throws InterruptedException {
    return changes.poll(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    client.shutdownNow();
  }
}
