package app.meshguard.decision.bundle;

import app.meshguard.identity.ServiceIdentity;
import app.meshguard.wire.ServiceHeaders;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.bundle.FeedAck;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The tenant-service over HTTP. Blocks: for threads of the feed only. */
@Singleton
class TenantService {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final String url;
  private final ServiceIdentity identity;
  private final ObjectMapper mapper;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  TenantService(
      @ConfigProperty(name = "meshguard.services.tenant-url") String url,
      ServiceIdentity identity,
      ObjectMapper mapper) {
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.identity = identity;
    this.mapper = mapper;
  }

  /** The stream of events; stays open. */
  InputStream feed(String replica) throws IOException, InterruptedException {
    HttpRequest request =
        request("/internal/feed?replica=" + replica)
            .header("Accept", "text/event-stream")
            .timeout(TIMEOUT)
            .build();
    HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      response.body().close();
      throw new IOException("the feed answered " + response.statusCode());
    }
    return response.body();
  }

  byte[] versions() throws IOException, InterruptedException {
    return get("/internal/bundles").body();
  }

  SignedSection section(TenantId tenant, SectionName section)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response = get("/internal/bundles/" + tenant + "/" + section.text());
    return new SignedSection(
        response.body(), response.headers().firstValue(ServiceHeaders.SIGNATURE).orElse(""));
  }

  byte[] keys() throws IOException, InterruptedException {
    return get("/.well-known/jwks.json").body();
  }

  void acknowledge(FeedAck ack) throws IOException, InterruptedException {
    HttpRequest request =
        request("/internal/feed/ack")
            .header("Content-Type", "application/json")
            .timeout(TIMEOUT)
            .POST(HttpRequest.BodyPublishers.ofByteArray(mapper.writeValueAsBytes(ack)))
            .build();
    int status = client.send(request, BodyHandlers.discarding()).statusCode();
    if (status != 204) {
      throw new IOException("an acknowledgement was answered " + status);
    }
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.send(request(path).timeout(TIMEOUT).build(), BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(path + " answered " + response.statusCode());
    }
    return response;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .header(ServiceHeaders.AUTHORIZATION, identity.bearerFor("tenant-service"));
  }
}
