package app.meshguard.bench.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** Tenants of the whole stack, each with one agent. */
final class ManyTenants {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String POLICY =
      """
      name: shop
      rules:
        - action: "read:*"
          effect: allow
      """;

  private final HttpClient http;
  private final URI front;

  ManyTenants(HttpClient http, URI front) {
    this.http = http;
    this.front = front;
  }

  /** One of them, and how its agent and its administrator call. */
  record Shop(String tenant, String agentToken, String adminToken) {}

  List<Shop> signUp(int number) throws IOException, InterruptedException {
    List<Shop> shops = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      String form =
          "{\"name\":\"Shop %d\",\"email\":\"shop%d@example.com\",\"agentName\":\"bot\"}"
              .formatted(i, i);
      JsonNode made = send(request("/signup", "application/json"), form);
      String admin = made.path("adminToken").asText();
      send(request("/admin/policies", "application/yaml").header("X-Admin-Token", admin), POLICY);
      shops.add(
          new Shop(made.path("orgId").asText(), made.path("agent").path("token").asText(), admin));
    }
    return shops;
  }

  private HttpRequest.Builder request(String path, String contentType) {
    return HttpRequest.newBuilder(front.resolve(path)).header("Content-Type", contentType);
  }

  private JsonNode send(HttpRequest.Builder request, String body)
      throws IOException, InterruptedException {
    var answer =
        http.send(request.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(
          "%s answered %d: %s".formatted(answer.uri(), answer.statusCode(), answer.body()));
    }
    return JSON.readTree(answer.body());
  }
}
