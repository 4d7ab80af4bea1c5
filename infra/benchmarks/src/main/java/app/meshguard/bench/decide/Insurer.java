package app.meshguard.bench.decide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The tenant whose agents are measured; set up over the public API, as any tenant is. */
final class Insurer {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final URI front;
  private final String adminToken;

  private Insurer(HttpClient http, URI front, String adminToken) {
    this.http = http;
    this.front = front;
    this.adminToken = adminToken;
  }

  static Insurer signUp(HttpClient http, URI front) throws IOException, InterruptedException {
    Map<String, Object> body =
        Map.of("name", "Bench Insurance", "email", "bench@example.com", "agentName", "first");
    JsonNode answer =
        send(
            http,
            HttpRequest.newBuilder(front.resolve("/signup"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    return new Insurer(http, front, answer.path("adminToken").asText());
  }

  void apply(String policyDocument) throws IOException, InterruptedException {
    send(
        http,
        request("/admin/policies", "application/yaml")
            .POST(BodyPublishers.ofString(policyDocument)));
  }

  /** Creates an agent; the answer is its token. */
  String createAgent(String name, String department, List<String> tags)
      throws IOException, InterruptedException {
    Map<String, Object> body =
        Map.of("name", name, "trustTier", "verified", "department", department, "tags", tags);
    JsonNode answer =
        send(
            http,
            request("/admin/agents", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    return answer.path("token").asText();
  }

  /** How many entries the audit log holds for this tenant. */
  long auditEntries() throws IOException, InterruptedException {
    JsonNode stats =
        send(http, request("/admin/audit/stats", "application/json").GET()).path("total");
    if (!stats.isNumber()) {
      throw new IOException("/admin/audit/stats answered without a total");
    }
    return stats.asLong();
  }

  private HttpRequest.Builder request(String path, String contentType) {
    return HttpRequest.newBuilder(front.resolve(path))
        .header("X-Admin-Token", adminToken)
        .header("Content-Type", contentType);
  }

  private static JsonNode send(HttpClient http, HttpRequest.Builder builder)
      throws IOException, InterruptedException {
    HttpRequest request = builder.timeout(Duration.ofSeconds(60)).build();
    HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() >= 300) {
      throw new IOException(
          "%s %s answered %d: %s"
              .formatted(
                  request.method(),
                  request.uri(),
                  answer.statusCode(),
                  new String(answer.body(), StandardCharsets.UTF_8)));
    }
    return JSON.readTree(answer.body());
  }
}
