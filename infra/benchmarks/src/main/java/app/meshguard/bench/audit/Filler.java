package app.meshguard.bench.audit;

import app.meshguard.identity.ServiceIdentity;
import app.meshguard.wire.ServiceHeaders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** Ships a history into the log as decision replicas do: through ingest, sealing and projection. */
final class Filler {
  private static final int BATCH = 5_000;

  private final HttpClient http;
  private final URI auditService;
  private final ServiceIdentity identity;
  private final UUID journal = UUID.randomUUID();
  private long shipped;

  Filler(HttpClient http, URI auditService, ServiceIdentity identity) {
    this.http = http;
    this.auditService = auditService;
    this.identity = identity;
  }

  /** Ships records until there are so many. */
  void fillTo(History history, long size) throws IOException, InterruptedException {
    if (shipped == 0) {
      send(request("/internal/evidence/journals/" + journal).PUT(BodyPublishers.noBody()).build());
    }
    while (shipped < size) {
      long to = Math.min(size, shipped + BATCH);
      byte[] lines = history.lines(shipped, to);
      send(
          request("/internal/evidence")
              .header("Content-Type", "application/x-ndjson")
              .header(ServiceHeaders.JOURNAL, journal.toString())
              .header(ServiceHeaders.FIRST_POSITION, Long.toString(shipped + 1))
              .header(ServiceHeaders.BATCH_HASH, sha256(lines))
              .POST(BodyPublishers.ofByteArray(lines))
              .build());
      shipped = to;
    }
  }

  private void send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(
          "%s answered %d: %s".formatted(request.uri(), answer.statusCode(), answer.body()));
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(auditService.resolve(path))
        .header(ServiceHeaders.AUTHORIZATION, identity.bearerFor("audit-service"));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
