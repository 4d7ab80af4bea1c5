package app.meshguard.audit.siem;

import app.meshguard.egress.Destination;
import app.meshguard.egress.RefusedAddress;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Sends a batch. The name is resolved and tested here, and the connection goes to the tested
 * address and to no other; redirects are not followed, and the answer is looked at but never passed
 * on.
 */
@ApplicationScoped
class SiemClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_ANSWER = 64 << 10;

  private final HttpClient client;
  private final SiemConfig config;

  @Inject
  SiemClient(Vertx vertx, SiemConfig config) {
    this.config = config;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setIdleTimeout((int) config.idleTimeout().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setDecompressionSupported(false)
                .setVerifyHost(true)
                .setTrustAll(false));
  }

  /** Sends; empty when the receiver has taken all of it, else a word for what went wrong. */
  Optional<String> send(SiemTarget target, String secret, byte[] body) {
    URI url = target.url();
    boolean tls = "https".equalsIgnoreCase(url.getScheme());
    if (!tls && !config.allowPrivate()) {
      return Optional.of("no_tls");
    }
    try {
      InetAddress address = Destination.of(url.getHost(), config.allowPrivate());
      int port = url.getPort() != -1 ? url.getPort() : tls ? 443 : 80;
      RequestOptions options =
          new RequestOptions()
              .setMethod(HttpMethod.POST)
              .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
              .setHost(url.getHost())
              .setPort(port)
              .setSsl(tls)
              .setURI(path(url) + target.type().path())
              .setFollowRedirects(false)
              .setTimeout(config.idleTimeout().toMillis())
              .putHeader("Authorization", target.type().authorization(secret))
              .putHeader("Content-Type", "application/x-ndjson")
              .putHeader("Accept", "application/json");
      return client
          .request(options)
          .compose(request -> request.send(Buffer.buffer(body)))
          .compose(answer -> Answer.of(answer, target.type()))
          .toCompletionStage()
          .toCompletableFuture()
          .get(config.idleTimeout().toMillis() * 2, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      return Optional.of(nameOf(e.getCause() == null ? e : e.getCause()));
    } catch (IOException | TimeoutException e) {
      return Optional.of(nameOf(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  private static String path(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** Never the text of the failure, which may hold an address. */
  private static String nameOf(Throwable failure) {
    return switch (failure) {
      case RefusedAddress ignored -> "refused_address";
      case UnknownHostException ignored -> "unknown_host";
      case TimeoutException ignored -> "timeout";
      case java.net.ConnectException ignored -> "connect_failed";
      case SSLException ignored -> "tls_failed";
      default -> "connection_failed";
    };
  }

  /** What a receiver says of a batch. */
  private static final class Answer {
    private Answer() {}

    static io.vertx.core.Future<Optional<String>> of(HttpClientResponse answer, SiemType type) {
      if (answer.statusCode() < 200 || answer.statusCode() >= 300) {
        answer.request().reset();
        return io.vertx.core.Future.succeededFuture(Optional.of("http_" + answer.statusCode()));
      }
      io.vertx.core.Promise<Optional<String>> read = io.vertx.core.Promise.promise();
      Buffer body = Buffer.buffer();
      answer.handler(
          part -> {
            body.appendBuffer(part);
            if (body.length() > LONGEST_ANSWER) {
              read.tryComplete(Optional.of("answer_too_long"));
              answer.request().reset();
            }
          });
      answer.exceptionHandler(read::tryFail);
      answer.endHandler(end -> read.tryComplete(taken(body.getBytes(), type)));
      return read.future();
    }

    /** Elastic answers 200 also where it has refused some of the documents. */
    private static Optional<String> taken(byte[] body, SiemType type) {
      try {
        boolean good =
            switch (type) {
              case SPLUNK_HEC -> JSON.readTree(body).path("code").asInt(-1) == 0;
              case ELASTIC_BULK -> !JSON.readTree(body).path("errors").asBoolean(true);
            };
        return good ? Optional.empty() : Optional.of("rejected");
      } catch (IOException e) {
        return Optional.of("unreadable_answer");
      }
    }
  }
}
