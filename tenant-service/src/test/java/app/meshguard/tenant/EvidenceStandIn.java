package app.meshguard.tenant;

import app.meshguard.testsupport.TestKeys;
import app.meshguard.wire.ServiceHeaders;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes evidence as the audit-service does: each position of a journal once, 409 for a gap or for
 * another record at a known position. A test tells it to fail ({@code PUT /test/evidence/<mode>})
 * and asks what it has ({@code GET /test/evidence/<tenant>}, in the order in which it came).
 */
final class EvidenceStandIn implements HttpHandler {
  private final Map<String, List<String>> journals = new HashMap<>();
  private final List<String> log = new ArrayList<>();
  private String mode = "up";

  @Override
  public synchronized void handle(HttpExchange exchange) throws IOException {
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    Optional<String> caller =
        bearer == null ? Optional.empty() : TestKeys.trustedBy("audit-service").caller(bearer);
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (!caller.equals(Optional.of("tenant-service"))) {
      answer(exchange, 401, "");
    } else if (mode.equals("down")) {
      answer(exchange, 503, "");
    } else if (exchange.getRequestMethod().equals("PUT")) {
      String path = exchange.getRequestURI().getPath();
      String journal = path.substring(path.lastIndexOf('/') + 1);
      journals.putIfAbsent(journal, new ArrayList<>());
      position(exchange, journal);
    } else {
      append(exchange, new String(body, StandardCharsets.UTF_8).lines().toList());
    }
  }

  private void append(HttpExchange exchange, List<String> records) throws IOException {
    String journal = exchange.getRequestHeaders().getFirst(ServiceHeaders.JOURNAL);
    int first =
        Integer.parseInt(exchange.getRequestHeaders().getFirst(ServiceHeaders.FIRST_POSITION));
    List<String> known = journals.get(journal);
    if (known == null) {
      answer(exchange, 404, "");
      return;
    }
    if (first > known.size() + 1) {
      answer(exchange, 409, "a gap");
      return;
    }
    for (int i = 0; i < records.size(); i++) {
      int at = first - 1 + i;
      if (at == known.size()) {
        known.add(records.get(i));
        log.add(records.get(i));
      } else if (!known.get(at).equals(records.get(i))) {
        answer(exchange, 409, "another record");
        return;
      }
    }
    if (mode.equals("cut")) {
      // Committed, and the answer never arrives.
      exchange.close();
    } else {
      position(exchange, journal);
    }
  }

  private void position(HttpExchange exchange, String journal) throws IOException {
    answer(
        exchange,
        200,
        "{\"journal\":\""
            + journal
            + "\",\"position\":"
            + journals.get(journal).size()
            + ",\"checkpoints\":[]}");
  }

  /** What tests ask and tell. */
  synchronized void control(HttpExchange exchange) throws IOException {
    String what = exchange.getRequestURI().getPath().substring("/test/evidence/".length());
    if (exchange.getRequestMethod().equals("PUT")) {
      if (what.equals("forget")) {
        // As a log that was restored from a backup made before the first record.
        journals.clear();
      } else {
        mode = what;
      }
      answer(exchange, 204, "");
    } else {
      answer(
          exchange,
          200,
          log.stream()
              .filter(record -> record.contains("\"tenantId\":\"" + what + "\""))
              .map(record -> record + "\n")
              .collect(java.util.stream.Collectors.joining()));
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
