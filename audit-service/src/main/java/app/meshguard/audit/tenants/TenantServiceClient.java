package app.meshguard.audit.tenants;

import app.meshguard.audit.platform.Refused;
import app.meshguard.identity.ServiceIdentity;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.ServiceHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Calls the tenant-service's internal paths with this service's token. */
@ApplicationScoped
public class TenantServiceClient {
  private static final Logger LOG = Logger.getLogger(TenantServiceClient.class);

  private final String base;
  private final ServiceIdentity identity;
  private final HttpClient http;

  @Inject
  TenantServiceClient(
      @ConfigProperty(name = "meshguard.services.tenant-url") URI base, ServiceIdentity identity) {
    this.base = base.toString().replaceAll("/$", "");
    this.identity = identity;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** What the tenant-service answered: any status. */
  public record Answer(int status, byte[] body) {}

  /**
   * Gets.
   *
   * @throws Refused as unavailable when there is no answer
   */
  public Answer get(String path, Duration timeout) {
    return send(request(path, timeout).GET().build());
  }

  /**
   * Posts JSON.
   *
   * @throws Refused as unavailable when there is no answer
   */
  public Answer post(String path, byte[] json, Duration timeout) {
    return send(
        request(path, timeout)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json))
            .build());
  }

  private HttpRequest.Builder request(String path, Duration timeout) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(timeout)
        .header(ServiceHeaders.AUTHORIZATION, identity.bearerFor("tenant-service"));
  }

  private Answer send(HttpRequest request) {
    try {
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw unavailable(e.getClass().getSimpleName(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted", e);
    }
  }

  /** The answer while the tenant-service cannot be asked. */
  static Refused unavailable(String why, @Nullable Exception cause) {
    LOG.warnf(cause, "cannot ask the tenant-service: %s", why);
    return new Refused(
        ProblemCode.UNAVAILABLE, "The tenant-service cannot be asked now. Try again.");
  }
}
