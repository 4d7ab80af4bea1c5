package app.meshguard.audit;

import app.meshguard.wire.Base62;
import app.meshguard.wire.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Records as a decision replica writes them: the golden ones of the wire contracts, and variants.
 */
public final class SampleRecords {
  private SampleRecords() {}

  public static TenantId tenant() {
    return new TenantId("org_" + Base62.random(16));
  }

  /** A golden record, e.g. {@code decision-record-v1}. */
  public static String golden(String name) {
    return resource("/app/meshguard/wire/evidence/" + name + ".json");
  }

  /** A file of the class path, without white space at its ends. */
  public static String resource(String path) {
    try (InputStream in = SampleRecords.class.getResourceAsStream(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The golden decision of another tenant, with an id of its own, decided now. */
  public static String decision(TenantId tenant) {
    return golden("decision-record-v1")
        .replace("org_0123456789abcdef", tenant.value())
        .replace("dec_01JD0000000000000000000000", "dec_" + Base62.random(26))
        .replace(
            "2026-11-20T10:15:30.123456Z", Instant.now().truncatedTo(ChronoUnit.MICROS).toString());
  }

  public static String outcome(TenantId tenant) {
    return golden("outcome-record-v1").replace("org_0123456789abcdef", tenant.value());
  }

  /**
   * {@code record} with the text value of a top-level field, or of a field of the agent, changed.
   */
  public static String with(String record, String key, String value) {
    String changed =
        record.replaceFirst("\"" + key + "\":\"[^\"]*\"", "\"" + key + "\":\"" + value + "\"");
    if (changed.equals(record) && !record.contains("\"" + key + "\":\"" + value + "\"")) {
      throw new IllegalArgumentException("no text field " + key);
    }
    return changed;
  }
}
