package app.meshguard.local.front;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;

/**
 * The process in front of the stack. Arguments: the port, then {@code <service>=<url>} for each.
 */
public final class Front {
  // Generous: what is too large is the services' to say.
  static final int MAX_HEADERS = 256 * 1024;
  static final int MAX_LINE = 64 * 1024;

  private Front() {}

  public static void main(String[] args) {
    int port = Integer.parseInt(args[0]);
    Map<Upstream, URI> upstreams = new EnumMap<>(Upstream.class);
    for (int i = 1; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      String service = args[i].substring(0, equals);
      for (Upstream upstream : Upstream.values()) {
        if (upstream.service().equals(service)) {
          upstreams.put(upstream, URI.create(args[i].substring(equals + 1)));
        }
      }
    }
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    start(vertx, port, upstreams)
        .onSuccess(bound -> System.out.println("listening on 127.0.0.1:" + bound))
        .onFailure(
            failure -> {
              System.err.println("cannot listen on 127.0.0.1:" + port + ": " + failure);
              System.exit(1);
            });
  }

  /** Listens, and answers with the port that it got. */
  static Future<Integer> start(Vertx vertx, int port, Map<Upstream, URI> upstreams) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setTcpNoDelay(true)
            .setHttp2ClearTextEnabled(false)
            .setMaxHeaderSize(MAX_HEADERS)
            .setMaxInitialLineLength(MAX_LINE);
    Passage passage = new Passage(vertx, upstreams);
    return vertx
        .createHttpServer(options)
        .requestHandler(passage::handle)
        .listen()
        .map(HttpServer::actualPort);
  }
}
