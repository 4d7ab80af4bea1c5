package app.meshguard.decision.proxy;

import app.meshguard.decision.check.GatewayAnswer;
import app.meshguard.decision.hide.HiddenFields;
import app.meshguard.decision.hide.JsonAnswer;
import app.meshguard.decision.hide.Rewritable;
import app.meshguard.wire.ProblemCode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A target's answer that has to be read whole before any of it goes out, because something in it
 * has to be hidden. INVARIANT: what cannot be rewritten is refused, and none of it goes out.
 */
final class HidingAnswer {
  static final int MOST_BYTES = 8 << 20;

  /** What takes longer is not done on the event loop, where other calls wait. */
  private static final int QUICK_BYTES = 64 << 10;

  private final HttpClientResponse answer;
  private final HttpServerResponse response;
  private final HiddenFields hidden;
  private final AnswerMemory memory;
  private final Ended ended;
  private final @Nullable String problem;
  private Buffer body = Buffer.buffer();
  private long held;
  private boolean over;

  /** Told once how it ended. */
  interface Ended {
    /**
     * The call is over.
     *
     * @param failure as in the record of the outcome, or null
     * @param status what the agent was answered
     * @param sha256 of the body that it was sent, where that was the target's, rewritten
     */
    void with(@Nullable String failure, int status, @Nullable String sha256);
  }

  HidingAnswer(
      HttpClientResponse answer,
      HttpServerResponse response,
      HiddenFields hidden,
      AnswerMemory memory,
      Ended ended) {
    this.answer = answer;
    this.response = response;
    this.hidden = hidden;
    this.memory = memory;
    this.ended = ended;
    this.problem = Rewritable.problem(answer.headers());
  }

  void send() {
    answer.exceptionHandler(broken -> broken());
    answer.handler(this::part);
    answer.endHandler(end -> whole());
  }

  private void part(Buffer part) {
    if (over) {
      return;
    }
    if (problem != null) {
      refuse(problem);
    } else if (body.length() + part.length() > MOST_BYTES) {
      refuse("answer_too_large");
    } else if (!memory.take(part.length())) {
      noRoom();
    } else {
      held += part.length();
      body.appendBuffer(part);
    }
  }

  private void whole() {
    if (over) {
      return;
    }
    byte[] bytes = body.getBytes();
    body = Buffer.buffer();
    if (bytes.length == 0) {
      pass(new Rewritten(bytes, HashedAnswer.hash(bytes)));
    } else {
      rewritten(bytes)
          .onSuccess(
              text -> {
                if (text == null) {
                  refuse("answer_malformed");
                } else {
                  pass(text);
                }
              })
          .onFailure(
              failure -> {
                if (end("answer_malformed", ProblemCode.INTERNAL.status())) {
                  GatewayAnswer.failed(response, failure);
                }
              });
    }
  }

  private record Rewritten(byte[] text, String sha256) {}

  private Future<@Nullable Rewritten> rewritten(byte[] bytes) {
    if (bytes.length <= QUICK_BYTES) {
      return Future.succeededFuture(rewrite(bytes));
    }
    Context context = Objects.requireNonNull(Vertx.currentContext());
    return context.executeBlocking(() -> rewrite(bytes), false);
  }

  private @Nullable Rewritten rewrite(byte[] bytes) {
    byte[] text = JsonAnswer.without(hidden, bytes);
    return text == null ? null : new Rewritten(text, HashedAnswer.hash(text));
  }

  private void pass(Rewritten rewritten) {
    if (over) {
      return;
    }
    if (response.closed()) {
      end("agent_gone", answer.statusCode());
      return;
    }
    response.setStatusCode(answer.statusCode());
    response.setStatusMessage(answer.statusMessage());
    ForwardedHeaders.toAgent(answer.headers(), response.headers());
    Rewritable.forget(response.headers());
    response
        .end(Buffer.buffer(rewritten.text()))
        .onSuccess(done -> end(null, answer.statusCode(), rewritten.sha256()))
        .onFailure(gone -> end("answer_broken", answer.statusCode()));
  }

  private void refuse(String failure) {
    if (!end(failure, ProblemCode.OBLIGATION_UNFULFILLED.status())) {
      return;
    }
    answer.request().reset();
    GatewayAnswer.error(
        response,
        ProblemCode.OBLIGATION_UNFULFILLED,
        "The policy allows this call with some fields hidden, and the target's answer "
            + said(failure)
            + ": none of it is passed on. The target did what it was asked.");
  }

  private static String said(String failure) {
    return switch (failure) {
      case "answer_encoded" -> "is compressed though it was asked not to be";
      case "answer_not_json" -> "is not JSON in UTF-8";
      case "answer_too_large" -> "has more than 8 MiB";
      default -> "is not valid JSON";
    };
  }

  private void noRoom() {
    if (end("answer_memory", ProblemCode.UNAVAILABLE.status())) {
      answer.request().reset();
      GatewayAnswer.error(
          response,
          ProblemCode.UNAVAILABLE,
          "Too many large answers are rewritten at once. The target did what it was asked.");
    }
  }

  private void broken() {
    if (end("answer_broken", ProblemCode.UPSTREAM_UNAVAILABLE.status())) {
      GatewayAnswer.error(
          response, ProblemCode.UPSTREAM_UNAVAILABLE, "The target's answer broke off.");
    }
  }

  /** False when it had ended already. */
  private boolean end(@Nullable String failure, int status) {
    return end(failure, status, null);
  }

  private boolean end(@Nullable String failure, int status, @Nullable String sha256) {
    if (over) {
      return false;
    }
    over = true;
    body = Buffer.buffer();
    memory.giveBack(held);
    ended.with(failure, status, sha256);
    return true;
  }
}
