package app.meshguard.decision.outcome;

import app.meshguard.decision.json.JsonReading;
import app.meshguard.identity.ServiceIdentity;
import app.meshguard.wire.ServiceHeaders;
import app.meshguard.wire.TenantId;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Decisions that the audit-service has: older ones, and those of other replicas. Blocks. */
@Singleton
class AuditedDecisions {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final String url;
  private final ServiceIdentity identity;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();

  AuditedDecisions(
      @ConfigProperty(name = "meshguard.services.audit-url") String url, ServiceIdentity identity) {
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.identity = identity;
  }

  /** The decision of that id, or null. */
  @Nullable PastDecision find(TenantId tenant, String id) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/internal/decisions/" + tenant + "/" + id))
            .timeout(TIMEOUT)
            .header(ServiceHeaders.AUTHORIZATION, identity.bearerFor("audit-service"))
            .build();
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() == 404) {
      return null;
    }
    if (response.statusCode() != 200) {
      throw new IOException("the audit-service answered " + response.statusCode());
    }
    Map<String, Object> json = JsonReading.record(response.body());
    Map<String, Object> decision = object(json.get("decision"));
    return decision == null ? null : new PastDecision(decision, object(json.get("outcome")));
  }

  @SuppressWarnings("unchecked") // JsonReading makes maps with text keys only.
  private static @Nullable Map<String, Object> object(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : null;
  }
}
