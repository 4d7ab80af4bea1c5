package app.meshguard.tenant.impact;

import app.meshguard.policy.Agent;
import app.meshguard.policy.Call;
import app.meshguard.policy.value.JsonValues;
import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import app.meshguard.tenant.engine.EngineTenant;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A recorded decision as it is replayed.
 *
 * @param decisionId its id in the audit log
 * @param at when it was decided
 * @param recorded what was decided then
 */
record RecordedCall(String decisionId, String at, Agent agent, Call call, String recorded) {
  private static final ObjectMapper RECORDS =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final String REDACTED = "[redacted]";

  /** Why a record is not replayed. */
  enum Reason {
    UNREADABLE("the record is not readable"),
    FORMAT("the record has a format that this release does not know"),
    REFUSED("the credential was refused before any policy was asked"),
    REDACTED("a value of the call was redacted before it was recorded");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** A call to replay, or why there is none. */
  record Read(@Nullable RecordedCall call, @Nullable Reason reason) {
    private static Read not(Reason reason) {
      return new Read(null, reason);
    }
  }

  /** Reads one record of the log. */
  static Read read(String line, EngineTenant tenant) {
    try {
      Map<String, Object> json = JsonValues.seen(RECORDS.readValue(line, Map.class));
      if (!"1".equals(String.valueOf(json.get("format")))) {
        return Read.not(Reason.FORMAT);
      }
      if (!"decision".equals(json.get("kind"))) {
        return Read.not(Reason.REFUSED);
      }
      Map<String, Object> about =
          Map.of(
              "action", required(json, "action"),
              "resource", required(json, "resource"),
              "context", required(json, "context"),
              "agent", required(json, "agent"));
      return redacted(about).isEmpty()
          ? new Read(of(json, tenant), null)
          : Read.not(Reason.REDACTED);
    } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
      return Read.not(Reason.UNREADABLE);
    }
  }

  /**
   * Reads a record as values that policies see.
   *
   * @throws IllegalArgumentException when it is no JSON object
   */
  static Map<String, Object> values(byte[] record) {
    try {
      return JsonValues.seen(RECORDS.readValue(record, Map.class));
    } catch (IOException e) {
      throw new IllegalArgumentException("not a JSON object", e);
    }
  }

  /** The call of a decision's record, made by a tenant with these facts. */
  static RecordedCall of(Map<String, Object> json, EngineTenant tenant) {
    String at = text(json, "decidedAt");
    Object resource = required(json, "resource");
    return new RecordedCall(
        text(json, "decisionId"),
        at,
        agent(map(json, "agent"), "agent_suspended".equals(json.get("code"))),
        new Call(
            text(json, "action"),
            resource instanceof String || resource instanceof Map ? resource : null,
            map(json, "context"),
            Instant.parse(at),
            Map.of(),
            tenant.facts(),
            tenant.env()),
        text(json, "decision"));
  }

  private static Agent agent(Map<String, Object> json, boolean suspended) {
    return new Agent(
        text(json, "id"),
        text(json, "name"),
        TrustTier.parse(text(json, "trustTier")).orElse(TrustTier.UNTRUSTED),
        json.get("riskLevel") instanceof String level
            ? RiskLevel.parse(level).orElse(RiskLevel.CRITICAL)
            : null,
        texts(json, "tags"),
        texts(json, "roles"),
        json.get("owner") instanceof String owner ? owner : null,
        json.get("department") instanceof String department ? department : null,
        map(json, "metadata"),
        suspended);
  }

  /** Where something was taken out before it was recorded, such as {@code context.card}. */
  static List<String> redacted(Map<String, Object> values) {
    List<String> paths = new ArrayList<>();
    values.forEach((key, value) -> redacted(key, value, paths));
    return paths;
  }

  private static void redacted(String path, Object value, List<String> paths) {
    switch (value) {
      case String text when text.contains(REDACTED) -> paths.add(path);
      case Map<?, ?> map -> map.forEach((key, inner) -> redacted(path + "." + key, inner, paths));
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          redacted(path + "[" + i + "]", list.get(i), paths);
        }
      }
      default -> {}
    }
  }

  static Object required(Map<String, Object> json, String key) {
    Object value = json.get(key);
    if (value == null) {
      throw new IllegalArgumentException(key);
    }
    return value;
  }

  static String text(Map<String, Object> json, String key) {
    if (required(json, key) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(key);
  }

  @SuppressWarnings("unchecked") // JSON objects are maps of text.
  static Map<String, Object> map(Map<String, Object> json, String key) {
    if (required(json, key) instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new IllegalArgumentException(key);
  }

  private static Set<String> texts(Map<String, Object> json, String key) {
    if (required(json, key) instanceof List<?> list) {
      return list.stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet());
    }
    throw new IllegalArgumentException(key);
  }
}
