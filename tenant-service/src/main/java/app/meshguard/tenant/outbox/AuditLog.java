package app.meshguard.tenant.outbox;

import app.meshguard.identity.ServiceIdentity;
import app.meshguard.tenant.platform.Json;
import app.meshguard.wire.ServiceHeaders;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The audit-service over HTTP. Blocks: for the shipper's thread only. */
@ApplicationScoped
class AuditLog {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String PATH = "/internal/evidence";

  private final Optional<URI> audit;
  private final ServiceIdentity identity;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** It answered, and not with what was hoped for. */
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refused(int status) {
      super("the audit-service answered " + status);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  AuditLog(
      @ConfigProperty(name = "meshguard.services.audit-url") Optional<URI> audit,
      ServiceIdentity identity) {
    this.audit = audit;
    this.identity = identity;
  }

  /** Whether this deployment has one. */
  boolean isKnown() {
    return audit.isPresent();
  }

  /** Makes the journal known; answers the last position that has been committed of it. */
  long register(String journal) throws IOException, InterruptedException {
    return send(request("/journals/" + journal).PUT(BodyPublishers.noBody()));
  }

  /** Sends records; answers the last position that has been committed. */
  long send(String journal, Shipment shipment) throws IOException, InterruptedException {
    byte[] body = shipment.body();
    return send(
        request("")
            .header("Content-Type", "application/x-ndjson")
            .header(ServiceHeaders.JOURNAL, journal)
            .header(ServiceHeaders.FIRST_POSITION, Long.toString(shipment.firstPosition()))
            .header(ServiceHeaders.BATCH_HASH, sha256(body))
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private long send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new Refused(response.statusCode());
    }
    JsonNode position = Json.MAPPER.readTree(response.body()).path("position");
    if (!position.isIntegralNumber()) {
      throw new IOException("the audit-service answered no position");
    }
    return position.longValue();
  }

  private HttpRequest.Builder request(String path) {
    String base = audit.orElseThrow().toString().replaceAll("/$", "");
    return HttpRequest.newBuilder(URI.create(base + PATH + path))
        .timeout(TIMEOUT)
        .header(ServiceHeaders.AUTHORIZATION, identity.bearerFor("audit-service"));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
