package app.meshguard.local.front;

import app.meshguard.wire.Problem;
import app.meshguard.wire.ProblemCode;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Passes calls on to the services and their answers back, streaming both ways. Answers itself only
 * for a path that is not routed (404) and for a service that is not there (503).
 */
final class Passage {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Upstream, URI> upstreams;
  private final HttpClient client;

  Passage(Vertx vertx, Map<Upstream, URI> upstreams) {
    this.upstreams = Map.copyOf(upstreams);
    HttpClientOptions options =
        new HttpClientOptions()
            .setTcpNoDelay(true)
            .setConnectTimeout(2000)
            .setKeepAliveTimeout(30)
            .setMaxHeaderSize(Front.MAX_HEADERS)
            .setMaxInitialLineLength(Front.MAX_LINE);
    // Streams of events hold a connection each, for as long as somebody watches.
    this.client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(1024));
  }

  void handle(HttpServerRequest call) {
    String uri = call.uri();
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    Optional<URI> upstream = RouteTable.find(path).map(upstreams::get);
    if (upstream.isEmpty()) {
      answer(call, ProblemCode.NOT_FOUND, "There is nothing at this path.");
      return;
    }
    // Nothing is read before there is somewhere to put it.
    call.pause();
    client
        .request(
            new RequestOptions()
                .setMethod(call.method())
                .setHost(upstream.get().getHost())
                .setPort(upstream.get().getPort())
                .setURI(uri))
        .onSuccess(onward -> passOn(call, onward))
        .onFailure(
            failure -> {
              call.resume();
              unavailable(call);
            });
  }

  private static void passOn(HttpServerRequest call, HttpClientRequest onward) {
    Headers.copyEndToEnd(call.headers(), onward.headers());
    call.response().exceptionHandler(failure -> onward.reset());
    call.response().closeHandler(closed -> onward.reset());
    if ("100-continue".equalsIgnoreCase(call.getHeader(HttpHeaders.EXPECT))) {
      call.response().writeContinue();
    }
    boolean hasBody =
        call.headers().contains(HttpHeaders.CONTENT_LENGTH)
            || call.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    onward
        .response()
        .onSuccess(reply -> passBack(call, reply))
        .onFailure(failure -> unavailable(call));
    if (hasBody) {
      onward.send(call);
    } else {
      call.resume();
      onward.send();
    }
  }

  private static void passBack(HttpServerRequest call, HttpClientResponse reply) {
    HttpServerResponse response = call.response();
    if (response.closed()) {
      return;
    }
    response.setStatusCode(reply.statusCode()).setStatusMessage(reply.statusMessage());
    Headers.copyEndToEnd(reply.headers(), response.headers());
    boolean bodiless =
        call.method() == HttpMethod.HEAD || reply.statusCode() == 204 || reply.statusCode() == 304;
    if (bodiless) {
      reply.end().onComplete(ended -> response.end());
      return;
    }
    if (!response.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
      response.setChunked(true);
    }
    // An answer that breaks off must not look whole.
    reply.pipe().endOnFailure(false).to(response).onFailure(failure -> response.reset());
  }

  private static void unavailable(HttpServerRequest call) {
    answer(
        call,
        ProblemCode.UNAVAILABLE,
        "The service behind this path does not answer; ./meshguard status tells more.");
  }

  private static void answer(HttpServerRequest call, ProblemCode code, String detail) {
    HttpServerResponse response = call.response();
    if (response.headWritten() || response.closed()) {
      response.reset();
      return;
    }
    response
        .setStatusCode(code.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .end(json(Problem.of(code, detail)));
  }

  private static String json(Problem problem) {
    try {
      return JSON.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem cannot be written", e);
    }
  }
}
