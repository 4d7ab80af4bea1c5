package app.meshguard.decision;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A target that answers with what it was sent: method, path and headers, then the body. */
final class EchoTarget {
  private HttpServer server;

  String start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", EchoTarget::echo);
    server.start();
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  private static void echo(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) ->
                headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
    String text =
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + "\n"
            + headers.entrySet().stream()
                .map(h -> h.getKey() + ": " + h.getValue())
                .collect(Collectors.joining("\n"))
            + "\n\n"
            + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("X-From-Target", "yes");
    exchange.getResponseHeaders().add("X-MeshGuard-Decision", "forged");
    boolean teapot = exchange.getRequestURI().getPath().endsWith("/teapot");
    boolean broken = exchange.getRequestURI().getPath().endsWith("/broken");
    if (broken) {
      exchange.close();
      return;
    }
    exchange.sendResponseHeaders(teapot ? 418 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
