package app.meshguard.decision.check;

import app.meshguard.decision.credential.Credentials;
import app.meshguard.decision.credential.Identification;
import app.meshguard.decision.decide.AgentCall;
import app.meshguard.decision.decide.CannotDecide;
import app.meshguard.decision.decide.Decider;
import app.meshguard.decision.decide.Decision;
import app.meshguard.decision.decide.Surface;
import app.meshguard.decision.json.InvalidJson;
import app.meshguard.decision.json.JsonText;
import app.meshguard.decision.platform.Problems;
import app.meshguard.wire.ProblemCode;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/check} and {@code /v1/check/batch}. All of it runs on the event loop that the
 * request came on; only the journal's writer and the limits' database are elsewhere.
 */
@Singleton
class CheckRoutes {
  private static final ThreadLocal<JsonText> BUFFER = ThreadLocal.withInitial(JsonText::new);

  private final Credentials credentials;
  private final Decider decider;
  private final boolean baseline;

  CheckRoutes(
      Credentials credentials,
      Decider decider,
      @ConfigProperty(name = "meshguard.bench.baseline", defaultValue = "false") boolean baseline) {
    this.credentials = credentials;
    this.decider = decider;
    this.baseline = baseline;
  }

  void register(@Observes Router router) {
    router.post("/v1/check").handler(ctx -> withBody(ctx, this::check));
    router.post("/v1/check/batch").handler(ctx -> withBody(ctx, this::batch));
    if (baseline) {
      router.post("/v1/baseline").handler(ctx -> withBody(ctx, CheckRoutes::answerBaseline));
    }
  }

  private static void withBody(RoutingContext ctx, BiConsumer<HttpServerRequest, byte[]> action) {
    HttpServerRequest request = ctx.request();
    String type = request.getHeader("Content-Type");
    if (type != null && !type.contains("json")) {
      Problems.answer(
          request.response(), ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send application/json.");
      return;
    }
    Incoming.body(
        request,
        CheckRequest.MAX_BODY,
        body -> guarded(request, body, action),
        () ->
            Problems.answer(
                request.response(), ProblemCode.PAYLOAD_TOO_LARGE, "A body has at most 256 KiB."));
  }

  private static void guarded(
      HttpServerRequest request, byte[] body, BiConsumer<HttpServerRequest, byte[]> action) {
    try {
      action.accept(request, body);
    } catch (InvalidJson e) {
      Problems.answer(request.response(), ProblemCode.INVALID_REQUEST, message(e));
    } catch (RuntimeException e) {
      Problems.unknown(request.response(), e);
    }
  }

  private static String message(InvalidJson e) {
    String message = e.getMessage();
    return message == null ? "The body is not valid." : message;
  }

  private void check(HttpServerRequest request, byte[] body) {
    long start = System.nanoTime();
    CheckRequest check = CheckRequest.read(body);
    Identification who = credentials.identify(Incoming.credential(request.headers()));
    AgentCall call = call(who, check, request, Surface.CHECK, Incoming.home(), start);
    decider
        .decide(call)
        .whenComplete((decision, failure) -> answer(request.response(), decision, failure));
  }

  private static AgentCall call(
      Identification who,
      CheckRequest check,
      HttpServerRequest request,
      Surface surface,
      Executor home,
      long start) {
    String parent = check.parentId();
    return new AgentCall(
        who,
        check.action(),
        check.resource(),
        check.context(),
        traceId(request, check),
        parent != null ? parent : TraceId.parent(request.headers()),
        surface,
        check.explain(),
        check.receipt() || Incoming.receipt(request.headers()),
        home,
        start);
  }

  private static String traceId(HttpServerRequest request, CheckRequest check) {
    String own = check.traceId();
    return own != null ? own : TraceId.of(request.headers());
  }

  private static void answer(
      HttpServerResponse response, @Nullable Decision decision, @Nullable Throwable failure) {
    if (decision == null) {
      refuse(response, failure);
      return;
    }
    if (response.closed()) {
      return;
    }
    JsonText out = BUFFER.get().clear();
    CheckAnswer.write(out, decision);
    CheckAnswer.headers(response, decision);
    response.putHeader("Content-Type", "application/json").end(out.toBuffer());
  }

  private static void refuse(HttpServerResponse response, @Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : failure;
    if (cause instanceof CannotDecide cannot) {
      String message = cannot.getMessage();
      Problems.answer(response, cannot.code(), message == null ? "" : message);
    } else {
      Problems.unknown(response, cause == null ? new IllegalStateException("no decision") : cause);
    }
  }

  private void batch(HttpServerRequest request, byte[] body) {
    long start = System.nanoTime();
    List<CheckRequest> checks = CheckRequest.readBatch(body);
    Identification who = credentials.identify(Incoming.credential(request.headers()));
    Executor home = Incoming.home();
    List<CompletableFuture<Decision>> decisions = new ArrayList<>();
    for (CheckRequest check : checks) {
      decisions.add(decider.decide(call(who, check, request, Surface.BATCH, home, start)));
      if (!(who instanceof Identification.Identified)) {
        // One refusal is recorded, not one for each check of the batch.
        break;
      }
    }
    CompletableFuture.allOf(decisions.toArray(CompletableFuture[]::new))
        .whenComplete((done, failure) -> answerAll(request.response(), decisions, failure));
  }

  private static void answerAll(
      HttpServerResponse response,
      List<CompletableFuture<Decision>> decisions,
      @Nullable Throwable failure) {
    if (failure != null) {
      refuse(response, failure);
      return;
    }
    JsonText out = BUFFER.get().clear();
    String before = "{\"results\":[";
    for (CompletableFuture<Decision> decision : decisions) {
      CheckAnswer.write(out.raw(before), decision.join());
      before = ",";
    }
    out.raw("]}");
    Decision first = decisions.getFirst().join();
    response
        .putHeader("X-MeshGuard-Trace-Id", first.decided().call().traceId())
        .putHeader("X-MeshGuard-Agent-Id", first.decided().caller().agent().id())
        .putHeader("Content-Type", "application/json")
        .end(out.toBuffer());
  }

  /** What the stack itself costs: the same body, read in the same way, and an answer in JSON. */
  private static void answerBaseline(HttpServerRequest request, byte[] body) {
    CheckRequest check = CheckRequest.read(body);
    JsonText out = BUFFER.get().clear();
    out.raw("{\"action\":").string(check.action()).raw(",\"traceId\":");
    out.string(traceId(request, check)).raw("}");
    request.response().putHeader("Content-Type", "application/json").end(out.toBuffer());
  }
}
