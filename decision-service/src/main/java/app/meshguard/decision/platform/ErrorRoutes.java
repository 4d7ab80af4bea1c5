package app.meshguard.decision.platform;

import app.meshguard.wire.ProblemCode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Answers for paths and methods that there are not, and for what nobody foresaw. */
@Singleton
class ErrorRoutes {

  void register(@Observes Router router) {
    router.errorHandler(404, ctx -> answer(ctx, ProblemCode.NOT_FOUND, "There is nothing here."));
    router.errorHandler(
        405, ctx -> answer(ctx, ProblemCode.METHOD_NOT_ALLOWED, "This path has other methods."));
    router.errorHandler(
        413, ctx -> answer(ctx, ProblemCode.PAYLOAD_TOO_LARGE, "The body is too large."));
    router.errorHandler(500, ErrorRoutes::unknown);
  }

  private static void answer(RoutingContext ctx, ProblemCode code, String detail) {
    Problems.answer(ctx.response(), code, detail);
  }

  private static void unknown(RoutingContext ctx) {
    Throwable failure = ctx.failure();
    Problems.unknown(
        ctx.response(), failure == null ? new IllegalStateException("no cause") : failure);
  }
}
