package app.meshguard.tenant.impact;

import app.meshguard.wire.TenantId;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Records for tests: the golden one of the contract, changed. */
final class Recorded {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Recorded() {}

  static String with(Consumer<ObjectNode> change) {
    try (InputStream in =
        TenantId.class.getResourceAsStream(
            "/app/meshguard/wire/evidence/decision-record-v1.json")) {
      ObjectNode record = (ObjectNode) JSON.readTree(in);
      // The golden record shows a redacted value.
      record.putObject("context").put("amount", 70);
      change.accept(record);
      return JSON.writeValueAsString(record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String refund(int amount) {
    return with(record -> record.putObject("context").put("amount", amount));
  }
}
