package app.meshguard.tenant;

import app.meshguard.testsupport.TestKeys;
import app.meshguard.wire.ServiceHeaders;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Answers for the audit-service with the records that a test has put there ({@code PUT} to the same
 * path), in pages, and only to the tenant-service.
 */
public final class AuditStandIn implements QuarkusTestResourceLifecycleManager {
  private final Map<String, List<String>> records = new ConcurrentHashMap<>();
  private final EvidenceStandIn evidence = new EvidenceStandIn();
  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/internal/records/", this::answer);
    server.createContext("/internal/evidence", evidence);
    server.createContext("/test/evidence", evidence::control);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    return Map.of(
        "meshguard.services.audit-url", "http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    String tenant = exchange.getRequestURI().getPath().substring("/internal/records/".length());
    if (exchange.getRequestMethod().equals("PUT")) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      records.put(tenant, body.lines().toList());
      exchange.sendResponseHeaders(204, -1);
      return;
    }
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    Optional<String> caller =
        bearer == null ? Optional.empty() : TestKeys.trustedBy("audit-service").caller(bearer);
    List<String> all = records.get(tenant);
    if (!caller.equals(Optional.of("tenant-service"))) {
      exchange.sendResponseHeaders(401, -1);
    } else if (all == null) {
      exchange.sendResponseHeaders(404, -1);
    } else {
      page(exchange, all);
    }
  }

  private static void page(HttpExchange exchange, List<String> all) throws IOException {
    Map<String, String> query = new HashMap<>();
    Arrays.stream(exchange.getRequestURI().getQuery().split("&"))
        .map(part -> part.split("=", 2))
        .forEach(part -> query.put(part[0], part[1]));
    int from = Integer.parseInt(query.getOrDefault("cursor", "0"));
    int to = Math.min(all.size(), from + Integer.parseInt(query.get("limit")));
    if (to < all.size()) {
      exchange.getResponseHeaders().add(ServiceHeaders.NEXT_CURSOR, String.valueOf(to));
    }
    byte[] body =
        all.subList(from, to).stream()
            .map(line -> line + "\n")
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
  }
}
