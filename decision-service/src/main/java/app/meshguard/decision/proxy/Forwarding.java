package app.meshguard.decision.proxy;

import app.meshguard.decision.check.GatewayAnswer;
import app.meshguard.decision.decide.Decided;
import app.meshguard.decision.decide.Decision;
import app.meshguard.decision.decide.OutcomeFigures;
import app.meshguard.decision.decide.Outcomes;
import app.meshguard.decision.hide.HiddenFields;
import app.meshguard.decision.hide.Rewritable;
import app.meshguard.wire.ProblemCode;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends an allowed call to the target and its answer back, streaming both ways at the pace of the
 * slower side. How it ended is a second record.
 */
@Singleton
class Forwarding {
  private final AnswerMemory memory = AnswerMemory.ofThisProcess();
  private final Egress egress;
  private final Outcomes outcomes;

  Forwarding(Egress egress, Outcomes outcomes) {
    this.egress = egress;
    this.outcomes = outcomes;
  }

  /**
   * Sends the call.
   *
   * @param decisions all are allows; the outcome is the first one's
   * @param hidden what the answer must not show, or null
   */
  void forward(
      HttpServerRequest request,
      CanonicalPath path,
      Target target,
      List<Decision> decisions,
      @Nullable HiddenFields hidden) {
    String query = request.query();
    String uri = query == null ? path.sent() : path.sent() + "?" + query;
    Exchange exchange = new Exchange(request, decisions, hidden);
    URI base = Objects.requireNonNull(target.base());
    egress
        .open(base, request.method(), uri)
        .onSuccess(upstream -> exchange.send(upstream, target))
        .onFailure(exchange::failed);
  }

  /** A call that was allowed and was not sent. */
  void notSent(HttpServerRequest request, List<Decision> decisions, String failure, int status) {
    new Exchange(request, decisions, null).undone(failure, status);
  }

  /** One call on its way. */
  private final class Exchange {
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final List<Decided> decided;
    private final @Nullable HiddenFields hidden;
    private final long startedAt = System.nanoTime();
    private boolean recorded;

    Exchange(HttpServerRequest request, List<Decision> decisions, @Nullable HiddenFields hidden) {
      this.request = request;
      this.response = request.response();
      this.decided = decisions.stream().map(Decision::decided).toList();
      this.hidden = hidden;
    }

    void send(HttpClientRequest upstream, Target target) {
      if (response.closed()) {
        upstream.reset();
        undone("agent_gone", 0);
        return;
      }
      ForwardedHeaders.toTarget(request.headers(), upstream.headers());
      if (hidden != null) {
        Rewritable.ask(upstream.headers());
      }
      target.headers().forEach((name, value) -> upstream.putHeader(name, value));
      response.exceptionHandler(gone -> upstream.reset());
      response.closeHandler(
          gone -> {
            if (!response.ended()) {
              upstream.reset();
              record("agent_gone", response.getStatusCode(), null);
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
      if (hidden != null) {
        new HidingAnswer(answer, response, hidden, memory, this::record).send();
        return;
      }
      response.setStatusCode(answer.statusCode());
      response.setStatusMessage(answer.statusMessage());
      ForwardedHeaders.toAgent(answer.headers(), response.headers());
      if (!answer.headers().contains("Content-Length")) {
        response.setChunked(true);
      }
      HashedAnswer hashed = new HashedAnswer(response);
      answer
          .pipeTo(hashed)
          .onSuccess(done -> record(null, answer.statusCode(), hashed.hash()))
          .onFailure(
              broken -> {
                // The status has gone out: all that is left is not to look complete.
                record("answer_broken", answer.statusCode(), null);
                response.reset();
              });
    }

    private void failed(Throwable failure) {
      if (recorded) {
        return;
      }
      undone(Egress.nameOf(failure), ProblemCode.UPSTREAM_UNAVAILABLE.status());
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

    private void record(@Nullable String failure, int status, @Nullable String sha256) {
      if (!recorded) {
        recorded = true;
        outcomes.record(decided.getFirst(), figures(failure, status, sha256));
      }
    }

    /** The target did not answer: of what the call took, what can be given back is. */
    private void undone(String failure, int status) {
      if (recorded) {
        return;
      }
      recorded = true;
      for (Decided each : decided) {
        if (each == decided.getFirst() || each.tookBudget()) {
          outcomes.recordUndone(each, figures(failure, status, null));
        }
      }
    }

    private OutcomeFigures figures(@Nullable String failure, int status, @Nullable String sha256) {
      return new OutcomeFigures(
          (System.nanoTime() - startedAt) / 1_000_000,
          failure,
          request.bytesRead(),
          response.bytesWritten(),
          sha256,
          status);
    }
  }
}
