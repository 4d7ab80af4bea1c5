package app.meshguard.local.command;

import app.meshguard.processes.ProcessFailed;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Calls of the management API, as any administrator makes them: through the front. */
final class ManagementCalls {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final URI base;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  ManagementCalls(URI base) {
    this.base = base;
  }

  /** Whether this admin token still opens anything. */
  boolean accepts(String adminToken) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("/admin/agents"))
            .timeout(LIMIT)
            .header("X-Admin-Token", adminToken)
            .build();
    return send(request).statusCode() != 401;
  }

  /** The JSON of a 2xx answer; any other answer is a failure. */
  JsonNode post(String path, Map<String, String> headers, String type, String body)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(LIMIT)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    HttpResponse<String> response = send(request.build());
    if (response.statusCode() / 100 != 2) {
      throw new ProcessFailed(
          "POST " + path + " was answered with " + response.statusCode(), List.of(response.body()));
    }
    return JSON.readTree(response.body());
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
