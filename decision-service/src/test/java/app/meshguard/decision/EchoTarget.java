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
    if (exchange.getRequestURI().getPath().contains("/customers")) {
      customers(exchange);
      return;
    }
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

  /** Answers in the form that the query names. */
  private static void customers(HttpExchange exchange) throws IOException {
    String form = String.valueOf(exchange.getRequestURI().getQuery());
    String json =
        "[{\"name\":\"Ann\",\"ssn\":\"078-05-1120\",\"iban\":\"DE89370400440532013000\","
            + "\"paid\":10.10,\"asked\":\""
            + exchange.getRequestHeaders().getFirst("Accept-Encoding")
            + "\"}]";
    exchange.getResponseHeaders().set("ETag", "\"1\"");
    exchange
        .getResponseHeaders()
        .set("Content-Type", form.equals("csv") ? "text/csv" : "application/hal+json");
    byte[] body =
        switch (form) {
          case "csv" -> "ssn\n078-05-1120\n".getBytes(StandardCharsets.UTF_8);
          case "cut" -> json.substring(0, json.length() - 2).getBytes(StandardCharsets.UTF_8);
          case "large" -> ("[\"" + "x".repeat(9 << 20) + "\"]").getBytes(StandardCharsets.UTF_8);
          case "medium" ->
              (json.substring(0, json.length() - 1) + ",\"" + "x".repeat(1 << 20) + "\"]")
                  .getBytes(StandardCharsets.UTF_8);
          case "gzip" -> json.getBytes(StandardCharsets.UTF_8);
          default -> json.getBytes(StandardCharsets.UTF_8);
        };
    if (form.equals("gzip")) {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    }
    if (form.equals("empty")) {
      exchange.getResponseHeaders().remove("Content-Type");
      exchange.sendResponseHeaders(204, -1);
    } else {
      exchange.sendResponseHeaders(form.equals("missing") ? 404 : 200, 0);
      try {
        exchange.getResponseBody().write(body);
      } catch (IOException e) {
        // Whoever has read enough goes away.
      }
    }
    exchange.close();
  }
}
