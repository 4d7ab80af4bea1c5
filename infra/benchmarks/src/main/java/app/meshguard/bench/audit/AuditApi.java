package app.meshguard.bench.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks the audit-service as an admin's script does, past the local front. */
final class AuditApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final URI front;
  private final URI auditService;

  AuditApi(HttpClient http, URI front, URI auditService) {
    this.http = http;
    this.front = front;
    this.auditService = auditService;
  }

  List<LogTenant> signUp(int number) throws IOException, InterruptedException {
    List<LogTenant> tenants = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      byte[] form =
          JSON.writeValueAsBytes(
              Map.of(
                  "name", "Log " + i, "email", "log%d@example.com".formatted(i), "agentName", "a"));
      HttpResponse<byte[]> made =
          http.send(
              HttpRequest.newBuilder(front.resolve("/signup"))
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofByteArray(form))
                  .build(),
              BodyHandlers.ofByteArray());
      JsonNode answer = JSON.readTree(made.body());
      tenants.add(new LogTenant(answer.path("orgId").asText(), answer.path("adminToken").asText()));
    }
    return tenants;
  }

  /** The answer, which must be a good one. */
  JsonNode get(LogTenant tenant, String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = http.send(request(tenant, path), BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException("%s answered %d".formatted(path, answer.statusCode()));
    }
    return JSON.readTree(answer.body());
  }

  /** How many lines an answer has, which is read as it comes and not kept. */
  long lines(LogTenant tenant, String path) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        http.send(request(tenant, path), BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200) {
      throw new IOException("%s answered %d".formatted(path, answer.statusCode()));
    }
    long lines = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream body = answer.body()) {
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        for (int i = 0; i < read; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    return lines;
  }

  /** The service's metrics, as text. */
  String metrics() throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(auditService.resolve("/q/metrics"))
                .header("Accept", "text/plain; version=0.0.4")
                .build(),
            BodyHandlers.ofString())
        .body();
  }

  private HttpRequest request(LogTenant tenant, String path) {
    return HttpRequest.newBuilder(auditService.resolve(path))
        .header("X-Admin-Token", tenant.adminToken())
        .build();
  }
}
