package app.meshguard.decision.proxy;

import app.meshguard.decision.check.CheckAnswer;
import app.meshguard.decision.check.CheckRequest;
import app.meshguard.decision.check.GatewayAnswer;
import app.meshguard.decision.check.Incoming;
import app.meshguard.decision.check.TraceId;
import app.meshguard.decision.credential.Credentials;
import app.meshguard.decision.credential.Identification;
import app.meshguard.decision.credential.Identification.Identified;
import app.meshguard.decision.decide.AgentCall;
import app.meshguard.decision.decide.Decided;
import app.meshguard.decision.decide.Decider;
import app.meshguard.decision.decide.Decision;
import app.meshguard.decision.decide.Surface;
import app.meshguard.decision.hide.HiddenFields;
import app.meshguard.decision.json.InvalidJson;
import app.meshguard.policy.document.Obligations;
import app.meshguard.wire.ProblemCode;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * {@code ANY /proxy/<path>}: decides, then forwards. What the call is governed by follows from its
 * method and path; an action that the agent names has to be allowed too.
 */
@Singleton
class ProxyRoutes {
  private static final String PREFIX = "/proxy";

  private final Credentials credentials;
  private final Decider decider;
  private final Targets targets;
  private final Forwarding forwarding;

  ProxyRoutes(Credentials credentials, Decider decider, Targets targets, Forwarding forwarding) {
    this.credentials = credentials;
    this.decider = decider;
    this.targets = targets;
    this.forwarding = forwarding;
  }

  void register(@Observes Router router) {
    router.route("/proxy/*").order(-5).handler(this::handle);
  }

  private void handle(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    request.pause();
    try {
      start(request);
    } catch (RuntimeException e) {
      GatewayAnswer.failed(request.response(), e);
      discardBody(request);
    }
  }

  /**
   * A body that nobody wants must be read nevertheless: the connection's next call is behind it.
   */
  private static void discardBody(HttpServerRequest request) {
    request.resume();
  }

  private void start(HttpServerRequest request) {
    long startedAt = System.nanoTime();
    CanonicalPath path = CanonicalPath.of(rawPath(request));
    Identification who = credentials.identify(Incoming.credential(request.headers()));
    Target target =
        who instanceof Identified(var caller) ? targets.of(caller.tenant()) : Target.NONE;
    List<AgentCall> calls = calls(request, path, who, target, startedAt);
    // What follows opens connections, which belong to the request's own context: the journal calls
    // back on its event loop, but outside of it.
    ContextInternal context = Objects.requireNonNull(ContextInternal.current());
    decideAll(request, calls, 0)
        .whenComplete(
            (decisions, failure) ->
                context.runOnContext(on -> goGuarded(request, path, target, decisions, failure)));
  }

  /** The path as it came: the router's own is normalised, which would hide what to refuse. */
  private static String rawPath(HttpServerRequest request) {
    String uri = request.uri();
    int query = uri.indexOf('?');
    String raw = query < 0 ? uri : uri.substring(0, query);
    if (!raw.startsWith(PREFIX + "/")) {
      throw CanonicalPath.refused("it is not below /proxy/");
    }
    return raw.substring(PREFIX.length());
  }

  private static List<AgentCall> calls(
      HttpServerRequest request,
      CanonicalPath path,
      Identification who,
      Target target,
      long startedAt) {
    String method = request.method().name();
    String byRoute = target.routes().action(method, path.decided());
    if (byRoute == null) {
      throw new InvalidJson("The method " + method + " is not passed on.");
    }
    if (!CheckRequest.isAction(byRoute) || !CheckRequest.isResource(path.decided())) {
      throw new InvalidJson(
          "The path is too long: the action that it makes has at most 512 characters, the resource"
              + " at most 2,048.");
    }
    String declared = Incoming.action(request.headers());
    String resource = Incoming.resource(request.headers());
    Map<String, Object> context = context(request, path);
    Caused cause = Caused.by(request);
    Executor home = Incoming.home();
    List<AgentCall> calls = new ArrayList<>();
    if (declared == null || !target.trustsDeclaredActions()) {
      calls.add(call(who, byRoute, path.decided(), context, cause, home, startedAt));
    }
    if (declared != null && !declared.equals(byRoute)) {
      calls.add(
          call(
              who,
              declared,
              resource == null ? path.decided() : resource,
              context,
              cause,
              home,
              startedAt));
    }
    if (calls.isEmpty()) {
      calls.add(call(who, byRoute, path.decided(), context, cause, home, startedAt));
    }
    return calls;
  }

  /** What the calls of one request share. */
  private record Caused(String traceId, @Nullable String parentId, boolean receipt) {
    static Caused by(HttpServerRequest request) {
      MultiMap headers = request.headers();
      return new Caused(TraceId.of(headers), TraceId.parent(headers), Incoming.receipt(headers));
    }
  }

  private static AgentCall call(
      Identification who,
      String action,
      String resource,
      Map<String, Object> context,
      Caused cause,
      Executor home,
      long startedAt) {
    return new AgentCall(
        who,
        action,
        resource,
        context,
        cause.traceId(),
        cause.parentId(),
        Surface.PROXY,
        false,
        cause.receipt(),
        home,
        startedAt);
  }

  /** What the agent says, and what the call is: the latter is ours to say. */
  private static Map<String, Object> context(HttpServerRequest request, CanonicalPath path) {
    Map<String, Object> meta = Incoming.meta(request.headers());
    Map<String, Object> context = meta == null ? new LinkedHashMap<>() : meta;
    String query = request.query();
    Map<String, Object> http = new LinkedHashMap<>();
    http.put("method", request.method().name());
    http.put("path", "/" + path.decided());
    http.put("query", query == null ? "" : query);
    context.put("http", http);
    return context;
  }

  /** One after another: what is refused is not asked further. The first one is answered. */
  private CompletableFuture<List<Decision>> decideAll(
      HttpServerRequest request, List<AgentCall> calls, int next) {
    return decider
        .decide(calls.get(next))
        .thenCompose(
            decision -> {
              if (next + 1 == calls.size() || !(decision instanceof Decision.Allow)) {
                return CompletableFuture.completedFuture(List.of(decision));
              }
              return decideAll(request, calls, next + 1)
                  .whenComplete(
                      (rest, failure) -> {
                        if (failure != null) {
                          forwarding.notSent(request, List.of(decision), "not_decided", 503);
                        }
                      })
                  .thenApply(rest -> joined(decision, rest));
            });
  }

  private static List<Decision> joined(Decision first, List<Decision> rest) {
    List<Decision> all = new ArrayList<>();
    all.add(first);
    all.addAll(rest);
    return all;
  }

  private void goGuarded(
      HttpServerRequest request,
      CanonicalPath path,
      Target target,
      @Nullable List<Decision> decisions,
      @Nullable Throwable failure) {
    try {
      go(request, path, target, decisions, failure);
    } catch (RuntimeException e) {
      GatewayAnswer.failed(request.response(), e);
      discardBody(request);
    }
  }

  private void go(
      HttpServerRequest request,
      CanonicalPath path,
      Target target,
      @Nullable List<Decision> decisions,
      @Nullable Throwable failure) {
    if (decisions == null) {
      GatewayAnswer.failed(request.response(), failure);
      discardBody(request);
      return;
    }
    Decision last = decisions.getLast();
    switch (last) {
      case Decision.Allow allow -> pass(request, path, target, decisions, allow);
      case Decision.Deny deny -> refuse(request, decisions, deny);
      case Decision.PendingApproval pending -> refuse(request, decisions, pending);
    }
  }

  /** All decisions are allows. */
  private void pass(
      HttpServerRequest request,
      CanonicalPath path,
      Target target,
      List<Decision> decisions,
      Decision.Allow last) {
    CheckAnswer.headers(request.response(), last);
    if (target.base() == null) {
      forwarding.notSent(request, decisions, "no_target", 404);
      GatewayAnswer.error(
          request.response(),
          ProblemCode.NOT_FOUND,
          "The tenant has no target to forward to; set one at /admin/targets.");
      discardBody(request);
    } else {
      forwarding.forward(request, path, target, decisions, hidden(decisions));
    }
  }

  /**
   * What any of the decisions hides in the answer, or null; where they are not enforced, nothing.
   */
  private static @Nullable HiddenFields hidden(List<Decision> decisions) {
    Obligations all = Obligations.NONE;
    for (Decision decision : decisions) {
      Decided decided = decision.decided();
      if (!decided.audited()) {
        all = all.hidingAlso(decided.verdict().obligations());
      }
    }
    return HiddenFields.of(all);
  }

  /** What was allowed before the one that refuses is undone. */
  private void refuse(HttpServerRequest request, List<Decision> decisions, Decision refusing) {
    GatewayAnswer.refused(request.response(), refusing);
    List<Decision> allowed = decisions.subList(0, decisions.size() - 1);
    if (!allowed.isEmpty()) {
      int status = request.response().getStatusCode();
      forwarding.notSent(request, allowed, "denied_after_all", status);
    }
    discardBody(request);
  }
}
