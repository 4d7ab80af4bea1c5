package app.meshguard.decision.shipping;

import app.meshguard.decision.evidence.JournalReader;
import app.meshguard.identity.ServiceIdentity;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.ServiceHeaders;
import app.meshguard.wire.evidence.JournalPosition;
import app.meshguard.wire.evidence.JournalRegistration;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The audit-service over HTTP. Blocks: for the shipper's thread only. */
@Singleton
class AuditService implements EvidenceReceiver {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String PATH = "/internal/evidence";

  private final String url;
  private final ServiceIdentity identity;
  private final ObjectMapper mapper;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  /** It answered, and not with what was hoped for. */
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    private final String code;

    Refused(int status, String code, String path) {
      super("the audit-service answered " + status + " " + code + " to " + path);
      this.code = code;
    }

    /** Whether it holds something else at a position of the journal; a gap heals by itself. */
    boolean isConflict() {
      return code.equals(ProblemCode.EVIDENCE_CONFLICT.code());
    }
  }

  AuditService(
      @ConfigProperty(name = "meshguard.services.audit-url") String url,
      ServiceIdentity identity,
      ObjectMapper mapper) {
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.identity = identity;
    this.mapper = mapper;
  }

  @Override
  public JournalPosition register(UUID journal, JournalRegistration registration)
      throws IOException, InterruptedException {
    return send(
        request(PATH + "/journals/" + journal)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofByteArray(mapper.writeValueAsBytes(registration)))
            .build());
  }

  @Override
  public JournalPosition send(UUID journal, JournalReader.Batch batch)
      throws IOException, InterruptedException {
    return send(
        request(PATH)
            .header("Content-Type", "application/x-ndjson")
            .header(ServiceHeaders.JOURNAL, journal.toString())
            .header(ServiceHeaders.FIRST_POSITION, Long.toString(batch.firstPosition()))
            .header(ServiceHeaders.BATCH_HASH, sha256(batch.body()))
            .POST(BodyPublishers.ofByteArray(batch.body()))
            .build());
  }

  private JournalPosition send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new Refused(response.statusCode(), codeOf(response.body()), request.uri().getPath());
    }
    return mapper.readValue(response.body(), JournalPosition.class);
  }

  private String codeOf(byte[] problem) {
    try {
      return mapper.readTree(problem).path("code").asText();
    } catch (IOException e) {
      return "";
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(TIMEOUT)
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
