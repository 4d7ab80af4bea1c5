package app.meshguard.tenant.platform;

import app.meshguard.wire.Problem;
import app.meshguard.wire.ProblemCode;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of a request, read key by key. Faults are gathered, so that the caller hears of all
 * of them at once: {@link #done()} throws them, and names every key that nobody asked for.
 */
public final class RequestObject {
  private static final int CONTROL = 0x20;

  private final ObjectNode node;
  private final String prefix;
  private final List<Problem.Fault> faults;
  private final List<RequestObject> nested = new ArrayList<>();
  private final Set<String> known = new LinkedHashSet<>();

  private RequestObject(ObjectNode node, String prefix, List<Problem.Fault> faults) {
    this.node = node;
    this.prefix = prefix;
    this.faults = faults;
  }

  /**
   * Reads a body that must be one JSON object.
   *
   * @throws RequestRefused when it is not
   */
  public static RequestObject parse(byte @Nullable [] body) {
    if (!(tree(body) instanceof ObjectNode object)) {
      throw new RequestRefused(
          ProblemCode.INVALID_REQUEST, "The body is not a JSON object ({…}), which is expected.");
    }
    return new RequestObject(object, "", new ArrayList<>());
  }

  /**
   * Reads a body that must be a JSON array of objects, each with its own faults under {@code [i]}.
   *
   * @throws RequestRefused when it is not, or is longer
   */
  public static List<RequestObject> parseList(byte @Nullable [] body, int most) {
    if (!(tree(body) instanceof ArrayNode array) || array.size() > most) {
      throw new RequestRefused(
          ProblemCode.INVALID_REQUEST,
          "The body is not a JSON array ([…]) of at most " + most + " objects.");
    }
    List<Problem.Fault> faults = new ArrayList<>();
    List<RequestObject> objects = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      if (!(array.get(i) instanceof ObjectNode object)) {
        throw RequestRefused.invalid("[" + i + "]", "must be a JSON object");
      }
      objects.add(new RequestObject(object, "[" + i + "].", faults));
    }
    return objects;
  }

  private static JsonNode tree(byte @Nullable [] body) {
    if (body == null || body.length == 0) {
      throw new RequestRefused(ProblemCode.INVALID_REQUEST, "The body is empty; JSON is expected.");
    }
    try {
      return Json.MAPPER.readTree(body);
    } catch (StreamConstraintsException e) {
      throw new RequestRefused(
          ProblemCode.INVALID_REQUEST,
          "The JSON body is nested deeper than 32 levels, or has a text or number that is too long.");
    } catch (JsonProcessingException e) {
      throw malformed(e);
    } catch (IOException e) {
      throw new RequestRefused(ProblemCode.INVALID_REQUEST, "The body is not readable as JSON.");
    }
  }

  /** As {@link #parse}, and an absent body is an empty object. */
  public static RequestObject parseOptional(byte @Nullable [] body) {
    return body == null || body.length == 0
        ? new RequestObject(Json.MAPPER.createObjectNode(), "", new ArrayList<>())
        : parse(body);
  }

  private static RequestRefused malformed(JsonProcessingException e) {
    int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
    String what =
        e.getOriginalMessage().startsWith("Duplicate field")
            ? "a key stands twice in the same object"
            : "the JSON is malformed";
    return new RequestRefused(
        ProblemCode.INVALID_REQUEST,
        "Line " + line + ", column " + column + ": " + what + ".",
        List.of(new Problem.Fault(null, line, column, what)));
  }

  /** Whether the key is there, with null or a value. */
  public boolean has(String key) {
    known.add(key);
    return node.has(key);
  }

  public void fault(String key, String message) {
    faults.add(new Problem.Fault(prefix + key, null, null, message));
  }

  private @Nullable JsonNode value(String key) {
    known.add(key);
    JsonNode value = node.get(key);
    return value == null || value.isNull() ? null : value;
  }

  /** Text of at most {@code max} characters without control characters, or null. */
  public @Nullable String text(String key, int max) {
    JsonNode value = value(key);
    return value == null ? null : checkedText(key, value, max);
  }

  /** As {@link #text}, and its absence is a fault; then empty text is returned. */
  public String requiredText(String key, int max) {
    JsonNode value = value(key);
    if (value == null) {
      fault(key, "is required");
      return "";
    }
    String text = checkedText(key, value, max);
    return text == null ? "" : text;
  }

  private @Nullable String checkedText(String key, JsonNode value, int max) {
    if (!value.isTextual()) {
      fault(key, "must be text");
      return null;
    }
    String text = value.textValue();
    if (text.isBlank()) {
      fault(key, "must not be empty");
    } else if (text.length() > max) {
      fault(key, "is " + text.length() + " characters long; " + max + " is the most");
    } else if (text.chars().anyMatch(c -> c < CONTROL || c == 0x7f)) {
      fault(key, "must not have control characters");
    } else if (!text.equals(text.strip())) {
      fault(key, "must not begin or end with a space");
    } else {
      return text;
    }
    return null;
  }

  /** Text of several lines, or null. */
  public @Nullable String document(String key, int max) {
    JsonNode value = value(key);
    if (value == null) {
      return null;
    }
    if (!value.isTextual() || value.textValue().indexOf('\0') >= 0) {
      fault(key, "must be text");
    } else if (value.textValue().length() > max) {
      fault(key, "is " + value.textValue().length() + " characters long; " + max + " is the most");
    } else {
      return value.textValue();
    }
    return null;
  }

  /** Text, or a free JSON object, or null. */
  public @Nullable Object textOrMap(String key, int maxBytes) {
    JsonNode value = value(key);
    if (value == null || value.isTextual()) {
      return value == null ? null : value.textValue();
    }
    if (value.isObject()) {
      return map(key, maxBytes);
    }
    fault(key, "must be text or a JSON object");
    return null;
  }

  /** One of {@code choices}, or null when it is absent or a fault. */
  public @Nullable String choice(String key, Collection<String> choices) {
    JsonNode value = value(key);
    if (value == null) {
      return null;
    }
    if (!value.isTextual() || !choices.contains(value.textValue())) {
      fault(key, "must be one of " + String.join(", ", choices));
      return null;
    }
    return value.textValue();
  }

  /** A list of texts without repeats; empty when it is absent. */
  public List<String> texts(String key, int maxItems, int maxLength) {
    JsonNode value = value(key);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      fault(key, "must be a list of texts");
      return List.of();
    }
    if (value.size() > maxItems) {
      fault(key, "has " + value.size() + " entries; " + maxItems + " is the most");
      return List.of();
    }
    Set<String> texts = new LinkedHashSet<>();
    for (int i = 0; i < value.size(); i++) {
      String text = checkedText(key + "[" + i + "]", value.get(i), maxLength);
      if (text != null) {
        texts.add(text);
      }
    }
    return List.copyOf(texts);
  }

  public @Nullable Boolean flag(String key) {
    JsonNode value = value(key);
    if (value == null) {
      return null;
    }
    if (!value.isBoolean()) {
      fault(key, "must be true or false");
      return null;
    }
    return value.booleanValue();
  }

  public @Nullable Integer number(String key, int min, int max) {
    JsonNode value = value(key);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < min
        || value.intValue() > max) {
      fault(key, "must be a whole number from " + min + " to " + max);
      return null;
    }
    return value.intValue();
  }

  /** Whether the value is there and a number. */
  public boolean isNumber(String key) {
    JsonNode value = value(key);
    return value != null && value.isNumber();
  }

  /** A moment of RFC 3339, such as {@code 2027-01-31T12:00:00Z}. */
  public @Nullable Instant time(String key) {
    JsonNode value = value(key);
    if (value == null) {
      return null;
    }
    try {
      if (value.isTextual()) {
        return java.time.OffsetDateTime.parse(value.textValue()).toInstant();
      }
    } catch (DateTimeParseException e) {
      // Said below, as for a value that is not text.
    }
    fault(key, "must be a time as of RFC 3339, such as 2027-01-31T12:00:00Z");
    return null;
  }

  /** A free JSON object; empty when it is absent. */
  public Map<String, Object> map(String key, int maxBytes) {
    JsonNode value = value(key);
    if (value == null) {
      return Map.of();
    }
    if (!value.isObject()) {
      fault(key, "must be a JSON object");
      return Map.of();
    }
    String text = Json.write(value);
    if (text.length() > maxBytes) {
      fault(key, "is " + text.length() + " characters of JSON; " + maxBytes + " is the most");
      return Map.of();
    }
    return Json.object(text);
  }

  /** An object of texts, checked by the caller; empty when it is absent. */
  public Map<String, RequestValue> entries(String key, int maxItems) {
    JsonNode value = value(key);
    if (value == null) {
      return Map.of();
    }
    if (!value.isObject()) {
      fault(key, "must be a JSON object");
      return Map.of();
    }
    if (value.size() > maxItems) {
      fault(key, "has " + value.size() + " entries; " + maxItems + " is the most");
      return Map.of();
    }
    Map<String, RequestValue> entries = new LinkedHashMap<>();
    value
        .properties()
        .forEach(
            e ->
                entries.put(
                    e.getKey(),
                    new RequestValue(
                        e.getValue(), message -> fault(key + "." + e.getKey(), message))));
    return entries;
  }

  /** An object with its own faults under {@code key.}, or null when it is absent or a fault. */
  public @Nullable RequestObject object(String key) {
    JsonNode value = value(key);
    if (value == null) {
      return null;
    }
    if (!(value instanceof ObjectNode inner)) {
      fault(key, "must be a JSON object");
      return null;
    }
    RequestObject object = new RequestObject(inner, prefix + key + ".", faults);
    nested.add(object);
    return object;
  }

  /** A list of objects, each with its own faults under {@code key[i]}. */
  public List<RequestObject> objects(String key, int maxItems) {
    JsonNode value = value(key);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray() || value.size() > maxItems) {
      fault(key, "must be a list of at most " + maxItems + " objects");
      return List.of();
    }
    List<RequestObject> objects = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      if (value.get(i) instanceof ObjectNode object) {
        objects.add(new RequestObject(object, prefix + key + "[" + i + "].", faults));
      } else {
        fault(key + "[" + i + "]", "must be a JSON object");
      }
    }
    nested.addAll(objects);
    return objects;
  }

  /** Throws all faults, the unknown keys among them. */
  public void done() {
    unknownKeys();
    if (!faults.isEmpty()) {
      throw RequestRefused.invalid(faults);
    }
  }

  private void unknownKeys() {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                String shown = key.length() > 64 ? key.substring(0, 64) + "…" : key;
                fault(shown, "is not a known key; known are " + String.join(", ", known));
              }
            });
    nested.forEach(RequestObject::unknownKeys);
  }
}
