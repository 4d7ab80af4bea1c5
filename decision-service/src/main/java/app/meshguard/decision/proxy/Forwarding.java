package app.meshguard.decision.proxy;

import app.meshguard.decision.check.GatewayAnswer;
import app.meshguard.decision.decide.Decided;
import app.meshguard.decision.decide.Decision;
import app.meshguard.decision.decide.OutcomeFigures;
import app.meshguard.decision.decide.Outcomes;
import app.meshguard.wire.ProblemCode;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends an allowed call to the target and its answer back, streaming both ways at the pace of the
 * slower side. How it ended is a second record.
 */
@Singleton
class Forwarding {
  private final Egress egress;
  private final Outcomes outcomes;

  Forwarding(Egress egress, Outcomes outcomes) {
    this.egress = egress;
    this.outcomes = outcomes;
  }

  void forward(HttpServerRequest request, CanonicalPath path, Target target, Decision decision) {
    String query = request.query();
    String uri = query == null ? path.sent() : path.sent() + "?" + query;
    Exchange exchange = new Exchange(request, decision.decided());
    URI base = Objects.requireNonNull(target.base());
    egress
        .open(base, request.method(), uri)
        .onSuccess(upstream -> exchange.send(upstream, target))
        .onFailure(exchange::failed);
  }

  /** An allowed call that could not be sent. */
  void recordFailure(Decision decision, String failure, int status, HttpServerRequest request) {
    new Exchange(request, decision.decided()).record(failure, status);
  }

  /** One call on its way. */
  private final class Exchange {
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Decided decided;
    private final long startedAt = System.nanoTime();
    private boolean recorded;

    Exchange(HttpServerRequest request, Decided decided) {
      this.request = request;
      this.response = request.response();
      this.decided = decided;
    }

    void send(HttpClientRequest upstream, Target target) {
      if (response.closed()) {
        upstream.reset();
        record("agent_gone", 0);
        return;
      }
      ForwardedHeaders.toTarget(request.headers(), upstream.headers());
      target.headers().forEach((name, value) -> upstream.putHeader(name, value));
      response.exceptionHandler(gone -> upstream.reset());
      response.closeHandler(
          gone -> {
            if (!response.ended()) {
              upstream.reset();
              record("agent_gone", response.getStatusCode());
            }
          });
      upstream.response().onSuccess(this::answer).onFailure(this::failed);
      if (hasBody()) {
        request.pipeTo(upstream).onFailure(broken -> upstream.reset());
      } else {
        request.resume();
        upstream.end();
      }
    }

    private boolean hasBody() {
      String length = request.getHeader("Content-Length");
      return length != null ? !length.equals("0") : request.headers().contains("Transfer-Encoding");
    }

    private void answer(HttpClientResponse answer) {
      response.setStatusCode(answer.statusCode());
      response.setStatusMessage(answer.statusMessage());
      ForwardedHeaders.toAgent(answer.headers(), response.headers());
      if (!answer.headers().contains("Content-Length")) {
        response.setChunked(true);
      }
      answer
          .pipeTo(response)
          .onSuccess(done -> record(null, answer.statusCode()))
          .onFailure(
              broken -> {
                // The status has gone out: all that is left is not to look complete.
                record("answer_broken", answer.statusCode());
                response.reset();
              });
    }

    private void failed(Throwable failure) {
      if (recorded) {
        return;
      }
      record(Egress.nameOf(failure), ProblemCode.UPSTREAM_UNAVAILABLE.status());
      if (response.headWritten()) {
        response.reset();
        return;
      }
      String message =
          failure instanceof TargetUnavailable unavailable
              ? unavailable.getMessage()
              : "The target did not answer.";
      GatewayAnswer.error(response, ProblemCode.UPSTREAM_UNAVAILABLE, message);
    }

    private void record(@Nullable String failure, int status) {
      if (recorded) {
        return;
      }
      recorded = true;
      outcomes.record(
          decided,
          new OutcomeFigures(
              (System.nanoTime() - startedAt) / 1_000_000,
              failure,
              request.bytesRead(),
              response.bytesWritten(),
              status));
    }
  }
}
