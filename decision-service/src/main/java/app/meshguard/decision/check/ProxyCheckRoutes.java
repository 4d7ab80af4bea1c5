package app.meshguard.decision.check;

import app.meshguard.decision.credential.Credentials;
import app.meshguard.decision.decide.AgentCall;
import app.meshguard.decision.decide.Decider;
import app.meshguard.decision.decide.Decision;
import app.meshguard.decision.decide.Surface;
import app.meshguard.decision.json.InvalidJson;
import app.meshguard.decision.json.JsonReading;
import app.meshguard.decision.json.JsonText;
import app.meshguard.wire.ProblemCode;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET|POST /proxy/check}: what the published clients ask before they act. */
@Singleton
class ProxyCheckRoutes {
  private final Credentials credentials;
  private final Decider decider;

  ProxyCheckRoutes(Credentials credentials, Decider decider) {
    this.credentials = credentials;
    this.decider = decider;
  }

  void register(@Observes Router router) {
    // Before /proxy/<path>, which would take this for a path of the target.
    router
        .route("/proxy/check")
        .order(-10)
        .method(HttpMethod.GET)
        .method(HttpMethod.POST)
        .handler(this::handle);
  }

  private void handle(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    if (request.method().equals(HttpMethod.GET)) {
      guarded(request, new byte[0]);
      return;
    }
    Incoming.body(
        request,
        CheckRequest.MAX_BODY,
        body -> guarded(request, body),
        () ->
            GatewayAnswer.error(
                request.response(), ProblemCode.PAYLOAD_TOO_LARGE, "A body has at most 256 KiB."));
  }

  private void guarded(HttpServerRequest request, byte[] body) {
    try {
      check(request, body);
    } catch (RuntimeException e) {
      GatewayAnswer.failed(request.response(), e);
    }
  }

  private void check(HttpServerRequest request, byte[] body) {
    long start = System.nanoTime();
    MultiMap headers = request.headers();
    String action = Incoming.action(headers);
    if (action == null) {
      throw new InvalidJson("The header X-MeshGuard-Action is missing, e.g. read:orders.");
    }
    AgentCall call =
        new AgentCall(
            credentials.identify(Incoming.credential(headers)),
            action,
            Incoming.resource(headers),
            context(headers, body),
            TraceId.of(headers),
            TraceId.parent(headers),
            Surface.PROXY_CHECK,
            false,
            Incoming.receipt(headers),
            Incoming.home(),
            start);
    decider
        .decide(call)
        .whenComplete((decision, failure) -> answer(request.response(), decision, failure));
  }

  /** From the header or the body; not from both, since only one of them could count. */
  private static Map<String, Object> context(MultiMap headers, byte[] body) {
    Map<String, Object> inHeader = Incoming.meta(headers);
    if (body.length == 0) {
      return inHeader == null ? Map.of() : inHeader;
    }
    Map<String, Object> object = JsonReading.object(body);
    for (String key : object.keySet()) {
      if (!key.equals("context")) {
        throw new InvalidJson("the key '" + key + "' is not known; the body has 'context'");
      }
    }
    Object inBody = object.get("context");
    if (inBody == null) {
      return inHeader == null ? Map.of() : inHeader;
    }
    if (inHeader != null) {
      throw new InvalidJson("send the context in X-MeshGuard-Meta or in the body, not in both");
    }
    return contextObject(inBody);
  }

  @SuppressWarnings("unchecked") // JsonReading makes maps with text keys only.
  private static Map<String, Object> contextObject(Object value) {
    if (value instanceof Map<?, ?> map) {
      return CheckRequest.own((Map<String, Object>) map, "context");
    }
    throw new InvalidJson("'context' must be an object");
  }

  private static void answer(
      HttpServerResponse response, @Nullable Decision decision, @Nullable Throwable failure) {
    switch (decision) {
      case null -> GatewayAnswer.failed(response, failure);
      case Decision.Allow allow -> allowed(response, allow);
      case Decision.Deny deny -> GatewayAnswer.refused(response, deny);
      case Decision.PendingApproval pending -> GatewayAnswer.refused(response, pending);
    }
  }

  private static void allowed(HttpServerResponse response, Decision.Allow allow) {
    if (response.closed()) {
      return;
    }
    JsonText out = new JsonText();
    CheckAnswer.write(out, allow);
    CheckAnswer.headers(response, allow);
    response.putHeader("Content-Type", "application/json").end(out.toBuffer());
  }
}
