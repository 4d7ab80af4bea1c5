package app.meshguard.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What the tenant-service says of tenants, by the mark in their id, and of records. */
final class StandInTenants {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StandInTenants() {}

  static void settings(HttpExchange exchange) throws IOException {
    char mark = mark(exchange);
    ObjectNode settings = JSON.createObjectNode().put("plan", "free").putNull("retentionDays");
    settings.putArray("erasurePaths").add("context.customer.id");
    switch (mark) {
      case TenantServiceStandIn.DOWN -> answer(exchange, 500, "");
      case TenantServiceStandIn.OWN_DAYS ->
          answer(exchange, 200, settings.put("retentionDays", 30).toString());
      case TenantServiceStandIn.WITHOUT_PATHS -> {
        settings.putArray("erasurePaths");
        answer(exchange, 200, settings.toString());
      }
      case 0 ->
          answer(
              exchange,
              200,
              settings.put("tenantId", TenantServiceStandIn.LISTED).toString()
                  + "\n"
                  + settings.put("tenantId", "org_gold000000000000").put("plan", "gold")
                  + "\nnot json\n");
      default -> answer(exchange, 200, settings.toString());
    }
  }

  /** Decides as the record does, unless its trace id asks for something else. */
  static void replay(HttpExchange exchange) throws IOException {
    JsonNode record = JSON.readTree(exchange.getRequestBody());
    ObjectNode verdict = JSON.createObjectNode();
    for (String field : new String[] {"decision", "code", "policy", "policyRevision", "rule"}) {
      verdict.set(field, record.path(field));
    }
    verdict.put("replayed", true).put("same", true).putArray("differences");
    verdict.putObject("explanation").put("outcome", "deny");
    switch (record.path("traceId").asText()) {
      case "t-differs" -> {
        verdict.put("same", false).put("decision", "allow").putArray("notes").add("a note");
        verdict
            .putArray("differences")
            .addObject()
            .put("field", "decision")
            .put("recorded", "deny")
            .put("replayed", "allow");
        answer(exchange, 200, verdict.toString());
      }
      case "t-unknown" ->
          answer(
              exchange,
              200,
              "{\"replayed\":false,\"same\":false,\"notes\":[\"Version 4 is not kept.\"]}");
      case "t-gone" -> answer(exchange, 404, "{\"detail\":\"Revision 3 is not kept.\"}");
      case "t-fails" -> answer(exchange, 500, "");
      default -> answer(exchange, 200, verdict.toString());
    }
  }

  static void policies(HttpExchange exchange) throws IOException {
    if (mark(exchange) == TenantServiceStandIn.DOWN) {
      answer(exchange, 500, "");
      return;
    }
    String tenant = exchange.getRequestURI().getPath().split("/")[3];
    String policy = "{\"id\":\"p\",\"name\":\"%s\",\"revision\":1,\"document\":\"\"}";
    answer(
        exchange,
        200,
        "{\"format\":1,\"tenantId\":\"%s\",\"version\":1,\"policies\":[%s,%s]}"
            .formatted(
                tenant,
                policy.formatted("small-biz-support-policy"),
                policy.formatted("never-used")));
  }

  /** The first character of the tenant's id; 0 where all tenants are asked for. */
  private static char mark(HttpExchange exchange) {
    String[] path = exchange.getRequestURI().getPath().split("/");
    return path.length > 3 ? path[3].charAt("org_".length()) : 0;
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
