package app.meshguard.audit.credential;

import app.meshguard.audit.platform.Refused;
import app.meshguard.identity.ServiceIdentity;
import app.meshguard.wire.AdminIdentity;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.ServiceHeaders;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks the tenant-service, {@code POST /internal/credentials/admin}. */
@ApplicationScoped
class TenantServiceDirectory implements AdminDirectory {
  private static final Logger LOG = Logger.getLogger(TenantServiceDirectory.class);

  private final URI endpoint;
  private final Duration timeout;
  private final ServiceIdentity identity;
  private final ObjectMapper json;
  private final HttpClient http;

  @Inject
  TenantServiceDirectory(ServicesConfig services, ServiceIdentity identity, ObjectMapper json) {
    this.endpoint =
        URI.create(
            services.tenantUrl().toString().replaceAll("/$", "") + "/internal/credentials/admin");
    this.timeout = services.tenantTimeout();
    this.identity = identity;
    this.json = json;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public Optional<AdminIdentity> ask(AdminIdentity.Query query) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(endpoint)
              .timeout(timeout)
              .header(ServiceHeaders.AUTHORIZATION, identity.bearerFor("tenant-service"))
              .header("Content-Type", "application/json")
              .header("Accept", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(query)))
              .build();
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return switch (answer.statusCode()) {
        case 200 -> Optional.of(json.readValue(answer.body(), AdminIdentity.class));
        case 404 -> Optional.empty();
        default -> throw unavailable("it answered " + answer.statusCode(), null);
      };
    } catch (IOException e) {
      throw unavailable(e.getClass().getSimpleName(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted", e);
    }
  }

  private static Refused unavailable(String why, @Nullable Exception cause) {
    LOG.warnf(cause, "cannot ask the tenant-service about an admin token: %s", why);
    return new Refused(
        ProblemCode.UNAVAILABLE, "The admin token cannot be verified now. Try again.");
  }
}
