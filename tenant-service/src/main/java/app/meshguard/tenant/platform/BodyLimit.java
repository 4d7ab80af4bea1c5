package app.meshguard.tenant.platform;

import app.meshguard.wire.Problem;
import app.meshguard.wire.ProblemCode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Refuses a body that says it is above 1 MiB with a problem, before any of it is read; the server's
 * own limit, which cuts one off that does not say, would answer without a body.
 */
@ApplicationScoped
class BodyLimit {
  private static final long MOST = 1024 * 1024;
  private static final int BEFORE_THE_SERVERS_OWN = 10_000;

  void register(@Observes Filters filters) {
    filters.register(BodyLimit::check, BEFORE_THE_SERVERS_OWN);
  }

  private static void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    String length = request.getHeader("Content-Length");
    if (length == null || !length.matches("[0-9]{7,19}") || Long.parseLong(length) <= MOST) {
      context.next();
      return;
    }
    Problem problem =
        Problem.of(ProblemCode.PAYLOAD_TOO_LARGE, "The body is above 1 MiB, which is the most.");
    context
        .response()
        .setStatusCode(problem.status())
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .putHeader("Connection", "close")
        .end(Json.write(problem));
  }
}
