package app.meshguard.tenant.outbox;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Records that follow each other.
 *
 * @param firstPosition of the first record
 */
record Shipment(long firstPosition, List<String> records) {
  Shipment {
    records = List.copyOf(records);
  }

  long lastPosition() {
    return firstPosition + records.size() - 1;
  }

  /** Each record and a newline after it. */
  byte[] body() {
    return (String.join("\n", records) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
