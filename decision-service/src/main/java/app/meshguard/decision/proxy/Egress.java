package app.meshguard.decision.proxy;

import app.meshguard.egress.Destination;
import app.meshguard.egress.RefusedAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;

/**
 * Opens calls to targets. The name is resolved here, every address is tested, and the connection
 * goes to a tested address and to no other: a name cannot point elsewhere a moment later.
 */
@Singleton
class Egress {
  private final Vertx vertx;
  private final HttpClient client;
  private final EgressConfig config;

  Egress(Vertx vertx, EgressConfig config) {
    this.vertx = vertx;
    this.config = config;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setIdleTimeout((int) config.idleTimeout().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setDecompressionSupported(false)
                .setVerifyHost(true)
                .setTrustAll(false),
            new PoolOptions().setHttp1MaxSize(config.poolSize()));
  }

  /**
   * Opens a call; its headers and body are still to be sent.
   *
   * @param pathAndQuery as it is sent, behind the path of the base URL
   * @return fails with {@link TargetUnavailable}
   */
  Future<HttpClientRequest> open(URI base, HttpMethod method, String pathAndQuery) {
    boolean tls = "https".equalsIgnoreCase(base.getScheme());
    if (!tls && !config.allowPrivate()) {
      return Future.failedFuture(
          new TargetUnavailable("no_tls", "The target must be an https URL."));
    }
    int port = base.getPort() != -1 ? base.getPort() : tls ? 443 : 80;
    String prefix = base.getRawPath() == null ? "" : base.getRawPath();
    String uri =
        (prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix) + pathAndQuery;
    return resolve(base.getHost())
        .compose(
            address ->
                client.request(
                    new RequestOptions()
                        .setMethod(method)
                        .setServer(SocketAddress.inetSocketAddress(port, address))
                        .setHost(base.getHost())
                        .setPort(port)
                        .setSsl(tls)
                        .setURI(uri)
                        .setFollowRedirects(false)
                        .setConnectTimeout(config.connectTimeout().toMillis())));
  }

  private Future<String> resolve(String host) {
    return vertx
        .executeBlocking(() -> Destination.of(host, config.allowPrivate()).getHostAddress(), false)
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof RefusedAddress
                        ? new TargetUnavailable(
                            "refused_address", "The target is not on a public address.")
                        : failure));
  }

  /** What to record of a failure; never the text of the failure, which may hold an address. */
  static String nameOf(Throwable failure) {
    return switch (failure) {
      case TargetUnavailable unavailable -> unavailable.failure();
      case UnknownHostException ignored -> "unknown_host";
      case java.util.concurrent.TimeoutException ignored -> "timeout";
      case java.net.ConnectException ignored -> "connect_failed";
      case javax.net.ssl.SSLException ignored -> "tls_failed";
      default -> "connection_failed";
    };
  }
}
