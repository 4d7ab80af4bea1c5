package app.meshguard.tenant.impact;

import app.meshguard.identity.ServiceIdentity;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.ServiceHeaders;
import app.meshguard.wire.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks the audit-service for recorded decisions, a page at a time. */
@ApplicationScoped
class RecordedCalls {
  private static final Logger LOG = Logger.getLogger(RecordedCalls.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int PAGE = 500;

  private final Optional<URI> audit;
  private final ServiceIdentity identity;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  RecordedCalls(
      @ConfigProperty(name = "meshguard.services.audit-url") Optional<URI> audit,
      ServiceIdentity identity) {
    this.audit = audit;
    this.identity = identity;
  }

  /**
   * Some records, oldest first.
   *
   * @param next null on the last page
   */
  record Page(List<String> records, @Nullable String next) {}

  /**
   * Waits for the answer: not on an event loop.
   *
   * @throws RequestRefused when the audit-service cannot be asked
   */
  Page page(TenantId tenant, Instant from, Instant to, @Nullable String cursor, int most) {
    HttpRequest request =
        HttpRequest.newBuilder(uri(tenant, from, to, cursor, Math.min(most, PAGE)))
            .timeout(TIMEOUT)
            .header(ServiceHeaders.AUTHORIZATION, identity.bearerFor("audit-service"))
            .header("Accept", "application/x-ndjson")
            .GET()
            .build();
    try {
      HttpResponse<String> answer =
          http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return switch (answer.statusCode()) {
        case 200 ->
            new Page(
                answer.body().lines().filter(line -> !line.isEmpty()).toList(),
                answer.headers().firstValue(ServiceHeaders.NEXT_CURSOR).orElse(null));
        // The log holds nothing of this tenant yet.
        case 404 -> new Page(List.of(), null);
        default -> throw unavailable("it answered " + answer.statusCode());
      };
    } catch (IOException e) {
      throw unavailable(e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted");
    }
  }

  private URI uri(TenantId tenant, Instant from, Instant to, @Nullable String cursor, int limit) {
    URI base =
        audit.orElseThrow(
            () ->
                new RequestRefused(
                    ProblemCode.UNAVAILABLE,
                    "This deployment does not say where recorded calls are"
                        + " (meshguard.services.audit-url)."));
    return URI.create(
        base.toString().replaceAll("/$", "")
            + "/internal/records/"
            + tenant.value()
            + "?from="
            + encoded(from.toString())
            + "&to="
            + encoded(to.toString())
            + "&limit="
            + limit
            + (cursor == null ? "" : "&cursor=" + encoded(cursor)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static RequestRefused unavailable(String why) {
    LOG.warnf("cannot read recorded calls from the audit-service: %s", why);
    return new RequestRefused(
        ProblemCode.UNAVAILABLE, "The recorded calls cannot be read now. Try again.");
  }
}
