package app.meshguard.decision.approval;

import app.meshguard.decision.json.JsonReading;
import app.meshguard.decision.json.JsonText;
import app.meshguard.policy.value.JsonNull;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an approval's id holds, format 1: short, since the id goes into paths and headers. */
final class ApprovalText {
  /** Sealed and in base64 it fits into a request line of 4,096 bytes. */
  private static final int MOST_BYTES = 2_600;

  private static final int LONGEST = 512;
  private static final int MOST_APPROVERS = 10;
  private static final BigDecimal FORMAT = BigDecimal.ONE;

  private ApprovalText() {}

  /** Writes an approval; texts that would make the id too long are cut. */
  static String of(Approval approval) {
    int longest = LONGEST;
    JsonText text = written(approval, longest);
    while (text.size() > MOST_BYTES) {
      longest /= 2;
      text = written(approval, longest);
    }
    return new String(text.toBytes(), StandardCharsets.UTF_8);
  }

  private static JsonText written(Approval approval, int longest) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("f", FORMAT);
    json.put("g", approval.agentId());
    json.put("a", cut(approval.action(), longest));
    json.put("o", cut(approval.resource(), longest));
    json.put("p", cut(approval.policy(), longest));
    json.put("v", approval.policyRevision());
    json.put("r", cut(approval.rule(), longest));
    json.put("w", cut(approval.reason(), longest));
    json.put(
        "y",
        approval.approvers().stream()
            .limit(MOST_APPROVERS)
            .map(name -> cut(name, longest / 4))
            .toList());
    json.put("c", approval.createdAt().toEpochMilli());
    json.put("e", approval.expiresAt().toEpochMilli());
    return new JsonText().value(json);
  }

  private static @Nullable String cut(@Nullable String text, int longest) {
    if (text == null || text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end) + "…";
  }

  /**
   * Reads what {@link #of} wrote.
   *
   * @throws IllegalArgumentException when a later release wrote it in another format
   */
  static Approval read(String text, String decisionId) {
    Map<String, Object> json = JsonReading.object(text.getBytes(StandardCharsets.UTF_8));
    if (!FORMAT.equals(json.get("f"))) {
      throw new IllegalArgumentException("not an approval of format " + FORMAT);
    }
    return new Approval(
        string(json, "g"),
        decisionId,
        string(json, "a"),
        text(json, "o"),
        text(json, "p"),
        (int) number(json, "v"),
        text(json, "r"),
        text(json, "w"),
        approvers(json.get("y")),
        Instant.ofEpochMilli(number(json, "c")),
        Instant.ofEpochMilli(number(json, "e")));
  }

  private static List<String> approvers(@Nullable Object list) {
    return list instanceof List<?> names ? names.stream().map(String::valueOf).toList() : List.of();
  }

  private static @Nullable String text(Map<String, Object> json, String key) {
    Object value = json.get(key);
    return value == null || value == JsonNull.NULL ? null : value.toString();
  }

  private static String string(Map<String, Object> json, String key) {
    return String.valueOf(json.get(key));
  }

  private static long number(Map<String, Object> json, String key) {
    return json.get(key) instanceof BigDecimal number ? number.longValueExact() : 0;
  }
}
