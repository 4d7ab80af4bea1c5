package app.meshguard.tenant;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.ConfigProvider;

/** What has arrived in the audit log of a test. */
public final class ShippedRecords {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LIMIT_NANOS = 60_000_000_000L;

  private ShippedRecords() {}

  private static String url() {
    return ConfigProvider.getConfig().getValue("meshguard.services.audit-url", String.class)
        + "/test/evidence/";
  }

  /** {@code up}, {@code down}, {@code cut}: committed without an answer; {@code forget}. */
  public static void audit(String mode) {
    given().put(url() + mode).then().statusCode(204);
  }

  /** The exact records of a tenant, in the order in which they came. */
  public static List<String> lines(String tenant) {
    return given().get(url() + tenant).asString().lines().toList();
  }

  /** Waits until the records of a tenant are as a test expects. */
  public static List<JsonNode> await(String tenant, Predicate<List<JsonNode>> expected) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (true) {
      List<JsonNode> found = lines(tenant).stream().map(ShippedRecords::read).toList();
      if (expected.test(found)) {
        return found;
      }
      if (System.nanoTime() > end) {
        fail("records of " + tenant + " are not as expected: " + found);
      }
      Thread.onSpinWait();
    }
  }

  /** Waits for the changes of a type and answers the last of them. */
  public static JsonNode change(String tenant, String type) {
    return await(tenant, all -> all.stream().anyMatch(r -> isOf(r, type))).stream()
        .filter(record -> isOf(record, type))
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  private static boolean isOf(JsonNode record, String type) {
    return record.path("change").path("type").asText().equals(type);
  }

  private static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
