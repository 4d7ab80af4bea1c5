package app.meshguard.decision.outcome;

import app.meshguard.decision.json.Fields;
import app.meshguard.decision.json.InvalidJson;
import app.meshguard.decision.json.JsonReading;
import app.meshguard.decision.json.JsonText;
import app.meshguard.policy.value.Redaction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a caller says became of its call.
 *
 * @param executed false for a call that was not made after all
 * @param recorded the {@code outcome} of the record
 */
record OutcomeReport(boolean executed, Map<String, Object> recorded) {
  private static final Set<String> KEYS =
      Set.of(
          "durationMs",
          "executed",
          "failure",
          "requestBytes",
          "responseBytes",
          "responseSha256",
          "status");
  private static final Set<String> OF_A_CALL =
      Set.of("durationMs", "requestBytes", "responseBytes", "responseSha256", "status");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final long WEEK_MS = 7L * 24 * 3600 * 1000;
  private static final long MOST_BYTES = 1L << 50;
  private static final int MAX_FAILURE = 1000;

  static OutcomeReport read(byte[] body) {
    Fields fields = new Fields(JsonReading.object(body), "").only(KEYS);
    boolean executed = fields.truth("executed", true);
    Map<String, Object> recorded = new TreeMap<>();
    recorded.put("executed", executed);
    recorded.put("reportedBy", "agent");
    put(recorded, "durationMs", fields.number("durationMs", 0, WEEK_MS));
    put(recorded, "failure", fields.text("failure", MAX_FAILURE));
    put(recorded, "requestBytes", fields.number("requestBytes", 0, MOST_BYTES));
    put(recorded, "responseBytes", fields.number("responseBytes", 0, MOST_BYTES));
    put(
        recorded,
        "responseSha256",
        fields.text("responseSha256", SHA256, "a SHA-256 in 64 lower-case hex digits"));
    put(recorded, "status", fields.number("status", 100, 599));
    if (!executed) {
      for (String key : OF_A_CALL) {
        if (recorded.containsKey(key)) {
          throw new InvalidJson(
              "'" + key + "' is of a call that was made; leave it out, or 'executed' be true");
        }
      }
    }
    return new OutcomeReport(executed, recorded);
  }

  private static void put(Map<String, Object> recorded, String key, @Nullable Object value) {
    if (value != null) {
      recorded.put(key, Redaction.of(value));
    }
  }

  /** Two reports that say the same have the same. */
  String text() {
    return text(recorded);
  }

  static String text(Object outcome) {
    return new String(new JsonText().value(outcome).toBytes(), StandardCharsets.UTF_8);
  }
}
