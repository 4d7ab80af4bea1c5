package app.meshguard.audit.ingest;

import app.meshguard.wire.ApiKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Batches as a shipper makes them. */
final class Batches {
  private Batches() {}

  static EvidenceBatch of(UUID journal, long first, List<String> records) {
    String body = text(records);
    return EvidenceBatch.read(
        journal, first, ApiKey.sha256(body), body.getBytes(StandardCharsets.UTF_8));
  }

  static String text(List<String> records) {
    return String.join("\n", records) + "\n";
  }
}
