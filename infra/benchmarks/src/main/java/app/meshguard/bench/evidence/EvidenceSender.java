package app.meshguard.bench.evidence;

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

/** Ships batches as a decision replica does: over HTTP, each answered when it is committed. */
final class EvidenceSender {
  private final HttpClient http;
  private final URI auditService;
  private final ServiceIdentity identity;
  private final UUID journal = UUID.randomUUID();
  private long position;

  EvidenceSender(HttpClient http, URI auditService, ServiceIdentity identity) {
    this.http = http;
    this.auditService = auditService;
    this.identity = identity;
  }

  UUID journal() {
    return journal;
  }

  /** Makes its journal known. */
  void register() throws IOException, InterruptedException {
    send(request("/internal/evidence/journals/" + journal).PUT(BodyPublishers.noBody()).build());
  }

  /** Sends one batch; the answer is the position of its last record. */
  long send(byte[] lines, int records) throws IOException, InterruptedException {
    send(
        request("/internal/evidence")
            .header("Content-Type", "application/x-ndjson")
            .header(ServiceHeaders.JOURNAL, journal.toString())
            .header(ServiceHeaders.FIRST_POSITION, Long.toString(position + 1))
            .header(ServiceHeaders.BATCH_HASH, sha256(lines))
            .POST(BodyPublishers.ofByteArray(lines))
            .build());
    position += records;
    return position;
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
