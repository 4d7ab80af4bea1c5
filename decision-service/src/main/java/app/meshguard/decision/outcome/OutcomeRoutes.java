package app.meshguard.decision.outcome;

import app.meshguard.decision.check.Incoming;
import app.meshguard.decision.credential.Caller;
import app.meshguard.decision.credential.Credentials;
import app.meshguard.decision.decide.CannotDecide;
import app.meshguard.decision.json.InvalidJson;
import app.meshguard.decision.json.JsonText;
import app.meshguard.decision.platform.Problems;
import app.meshguard.wire.ProblemCode;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/decisions/<id>/outcome}: for agents that act themselves. Looks the decision up on
 * a thread of its own, never on the event loop.
 */
@Singleton
class OutcomeRoutes {
  private static final int MAX_BODY = 16 * 1024;
  private static final int MOST_AT_ONCE = 64;
  private static final Pattern ID = Pattern.compile("dec_[0-9A-HJKMNP-TV-Z]{26}");

  private final Credentials credentials;
  private final OutcomeReports reports;
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("outcome-", 0).factory());

  OutcomeRoutes(Credentials credentials, OutcomeReports reports) {
    this.credentials = credentials;
    this.reports = reports;
  }

  void register(@Observes Router router) {
    router.post("/v1/decisions/:id/outcome").handler(this::handle);
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }

  private void handle(RoutingContext ctx) {
    String id = ctx.pathParam("id");
    Incoming.json(ctx.request(), MAX_BODY, body -> report(ctx.request(), id, body));
  }

  private void report(HttpServerRequest request, String id, byte[] body) {
    Caller caller = Incoming.caller(credentials, request);
    if (caller == null) {
      return;
    }
    OutcomeReport report = OutcomeReport.read(body);
    HttpServerResponse response = request.response();
    if (!ID.matcher(id).matches()) {
      Problems.answer(response, ProblemCode.NOT_FOUND, "This agent got no decision of this id.");
      return;
    }
    if (!room.tryAcquire()) {
      Problems.answer(
          response, ProblemCode.UNAVAILABLE, "Too many outcomes are reported at once; try again.");
      return;
    }
    Executor home = Incoming.home();
    threads.execute(() -> reportGuarded(caller, id, report, home, response));
  }

  private void reportGuarded(
      Caller caller, String id, OutcomeReport report, Executor home, HttpServerResponse response) {
    try {
      reports
          .report(caller, id, report)
          .whenCompleteAsync((recorded, failure) -> answer(response, recorded, failure), home);
    } catch (RuntimeException e) {
      home.execute(() -> answer(response, null, e));
    } finally {
      room.release();
    }
  }

  private static void answer(
      HttpServerResponse response,
      OutcomeReports.@Nullable Recorded recorded,
      @Nullable Throwable failure) {
    if (recorded != null) {
      if (!response.closed()) {
        Map<String, Object> json =
            Map.of(
                "decisionId", recorded.decisionId(),
                "recordedAt", recorded.at(),
                "outcome", recorded.outcome());
        response
            .putHeader("Content-Type", "application/json")
            .end(new JsonText().value(json).toBuffer());
      }
      return;
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    switch (cause) {
      case CannotDecide cannot ->
          Problems.answer(response, cannot.code(), String.valueOf(cannot.getMessage()));
      case InvalidJson invalid ->
          Problems.answer(
              response, ProblemCode.INVALID_REQUEST, String.valueOf(invalid.getMessage()));
      case null -> Problems.unknown(response, new IllegalStateException("no outcome"));
      default -> Problems.unknown(response, cause);
    }
  }
}
