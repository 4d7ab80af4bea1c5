package app.meshguard.audit.platform;

import app.meshguard.wire.Problem;
import app.meshguard.wire.ProblemCode;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a small JSON object and gathers every fault in it, so that all are answered at once. */
public final class JsonBody {
  private static final int LONGEST = 64 * 1024;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonNode body;
  private final List<Problem.Fault> faults = new ArrayList<>();

  private JsonBody(JsonNode body) {
    this.body = body;
  }

  /**
   * Starts reading.
   *
   * @param text empty for an empty object
   * @param known every name that may be given; another one is a fault that names the nearest
   */
  public static JsonBody read(@Nullable String text, Set<String> known) {
    if (text != null && text.length() > LONGEST) {
      throw new Refused(ProblemCode.PAYLOAD_TOO_LARGE, "The body is larger than 64 KiB.");
    }
    JsonBody read = new JsonBody(parse(text == null || text.isBlank() ? "{}" : text));
    read.body
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                String cut = name.length() > 64 ? name.substring(0, 64) : name;
                read.fault(cut, "is not a field here. " + Spelling.nearest(name, known));
              }
            });
    return read;
  }

  private static JsonNode parse(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw new Refused(
          ProblemCode.INVALID_REQUEST,
          "The body is not valid JSON: look at line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr()
              + ".");
    }
    throw new Refused(ProblemCode.INVALID_REQUEST, "The body is not a JSON object. Send one.");
  }

  /** Adds a fault of one field. */
  public void fault(String name, String message) {
    faults.add(new Problem.Fault(name, null, null, name + " " + message));
  }

  /** Whether a field is there and not null. */
  public boolean has(String name) {
    return body.hasNonNull(name);
  }

  /** The text of a field, or null when it is not given or at fault. */
  public @Nullable String text(String name, int longest) {
    return has(name) ? text(name, body.get(name), longest) : null;
  }

  private @Nullable String text(String name, JsonNode value, int longest) {
    if (!value.isTextual()) {
      fault(name, "is not text.");
    } else if (value.asText().isBlank()) {
      fault(name, "is empty. Leave it out, or give a value.");
    } else if (value.asText().length() > longest) {
      fault(name, "is longer than " + longest + " characters.");
    } else if (value.asText().chars().anyMatch(Character::isISOControl)) {
      fault(name, "has a control character in it.");
    } else if (!StandardCharsets.UTF_8.newEncoder().canEncode(value.asText())) {
      fault(name, "has half a surrogate pair in it.");
    } else {
      return value.asText();
    }
    return null;
  }

  /** A field that must be text; empty, and at fault, when it is not. */
  public String required(String name, int longest) {
    if (!has(name)) {
      fault(name, "is missing. Give it.");
      return "";
    }
    String text = text(name, longest);
    return text == null ? "" : text;
  }

  /** The texts of a field that is a list; none when it is not given. */
  public List<String> texts(String name, int most, int longest) {
    List<String> texts = new ArrayList<>();
    if (has(name)) {
      JsonNode list = body.get(name);
      if (!list.isArray() || list.size() > most) {
        fault(name, "is a list of at most " + most + " texts.");
        return texts;
      }
      for (int i = 0; i < list.size(); i++) {
        String text = text(name + "[" + i + "]", list.get(i), longest);
        if (text != null) {
          texts.add(text);
        }
      }
    }
    return texts;
  }

  /** A field that is true or false; false when it is not given. */
  public boolean flag(String name) {
    if (has(name) && !body.get(name).isBoolean()) {
      fault(name, "is true or false.");
    }
    return body.path(name).asBoolean(false);
  }

  /** A field that is a moment, or null. */
  public @Nullable Instant time(String name) {
    String text = text(name, 64);
    if (text == null) {
      return null;
    }
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      if (QueryParameters.inRange(time)) {
        return time;
      }
    } catch (DateTimeException e) {
      // Answered below, as a year out of range is.
    }
    fault(name, "is a time such as 2026-11-20T10:15:30Z.");
    return null;
  }

  /** Refuses the request when there is any fault. */
  public void check() {
    if (!faults.isEmpty()) {
      throw new Refused(
          ProblemCode.INVALID_REQUEST,
          faults.size() == 1
              ? faults.getFirst().message()
              : faults.size() + " fields are not right: see errors.",
          faults);
    }
  }
}
