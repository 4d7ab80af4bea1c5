package app.meshguard.decision.keyuse;

import app.meshguard.decision.credential.KeyUses;
import app.meshguard.decision.credential.KeyUses.Use;
import app.meshguard.decision.json.JsonText;
import app.meshguard.identity.ServiceIdentity;
import app.meshguard.wire.ServiceHeaders;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Reports, on a thread of its own and many at once, when keys were last used. What cannot be
 * reported is tried again; it is not evidence, so nothing waits for it. The tenant-service records
 * first uses: it alone knows of all replicas.
 */
@Singleton
class KeyUseReports {
  private static final Logger LOG = Logger.getLogger(KeyUseReports.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int MOST = 1000;

  private final KeyUses uses;
  private final KeyUseConfig config;
  private final URI url;
  private final ServiceIdentity identity;
  private final Clock clock;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("key-use").factory());

  KeyUseReports(
      KeyUses uses,
      KeyUseConfig config,
      @ConfigProperty(name = "meshguard.services.tenant-url") String url,
      ServiceIdentity identity,
      Clock clock) {
    this.uses = uses;
    this.config = config;
    String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.url = URI.create(base + "/internal/key-use");
    this.identity = identity;
    this.clock = clock;
  }

  void start(@Observes StartupEvent started) {
    long tick = config.tick().toMillis();
    thread.scheduleWithFixedDelay(this::reportGuarded, tick, tick, TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void stop() {
    thread.shutdownNow();
  }

  private void reportGuarded() {
    try {
      report();
    } catch (IOException e) {
      LOG.debug("The use of keys is reported later", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("Reporting the use of keys failed in a way that nobody foresaw", e);
    }
  }

  /** Sends what is due. */
  void report() throws IOException, InterruptedException {
    long now = clock.millis();
    List<Use> due = uses.due(now, config.pause().toMillis(), MOST);
    if (due.isEmpty()) {
      return;
    }
    List<Map<String, String>> body =
        due.stream()
            .map(
                use ->
                    Map.of(
                        "tenantId", use.tenant().value(),
                        "keyId", use.keyId(),
                        "lastUsedAt", use.at().toString()))
            .toList();
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header(ServiceHeaders.AUTHORIZATION, identity.bearerFor("tenant-service"))
            .POST(BodyPublishers.ofByteArray(new JsonText().value(body).toBytes()))
            .build();
    int status = client.send(request, BodyHandlers.discarding()).statusCode();
    if (status / 100 != 2) {
      throw new IOException("the tenant-service answered " + status);
    }
    uses.reported(due, now);
  }
}
