package app.meshguard.decision.json;

import app.meshguard.policy.value.JsonNull;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object that a caller sent; says what is wrong with one, and where it stands. A
 * null counts as absent.
 *
 * @param path where the object stands, with a dot behind it; empty for the body itself
 */
public record Fields(Map<String, Object> object, String path) {

  /** Refuses every key that is not one of these. */
  public Fields only(Set<String> known) {
    for (String key : object.keySet()) {
      if (!known.contains(key)) {
        throw new InvalidJson(
            "the key '"
                + path
                + key
                + "' is not known; here can be "
                + String.join(", ", known.stream().sorted().toList()));
      }
    }
    return this;
  }

  public boolean has(String key) {
    return any(key) != null;
  }

  /** Any value. */
  public @Nullable Object any(String key) {
    Object value = object.get(key);
    return value == JsonNull.NULL ? null : value;
  }

  /** A text of at least one and at most so many characters. */
  public @Nullable String text(String key, int longest) {
    return switch (any(key)) {
      case null -> null;
      case String text when !text.isEmpty() && text.length() <= longest -> text;
      default -> throw wrong(key, "must be a text of 1 to " + longest + " characters");
    };
  }

  public String requiredText(String key, int longest) {
    String text = text(key, longest);
    if (text == null) {
      throw wrong(key, "is missing: a text of 1 to " + longest + " characters");
    }
    return text;
  }

  /** A text of this form. */
  public @Nullable String text(String key, Pattern form, String described) {
    return switch (any(key)) {
      case null -> null;
      case String text when form.matcher(text).matches() -> text;
      default -> throw wrong(key, "must be " + described);
    };
  }

  public boolean truth(String key, boolean usual) {
    return switch (any(key)) {
      case null -> usual;
      case Boolean truth -> truth;
      default -> throw wrong(key, "must be true or false");
    };
  }

  /** A whole number. */
  public @Nullable Long number(String key, long least, long most) {
    return switch (any(key)) {
      case null -> null;
      case BigDecimal number
          when number.stripTrailingZeros().scale() <= 0
              && number.compareTo(BigDecimal.valueOf(least)) >= 0
              && number.compareTo(BigDecimal.valueOf(most)) <= 0 ->
          number.longValueExact();
      default -> throw wrong(key, "must be a whole number from " + least + " to " + most);
    };
  }

  /** Different texts, each at least one and at most so many characters. */
  public List<String> texts(String key, int most, int longest) {
    Object value = any(key);
    if (value == null) {
      return List.of();
    }
    String rule = "must be a list of at most " + most + " texts of 1 to " + longest + " characters";
    if (!(value instanceof List<?> list) || list.size() > most) {
      throw wrong(key, rule);
    }
    for (Object item : list) {
      if (!(item instanceof String text) || text.isEmpty() || text.length() > longest) {
        throw wrong(key, rule);
      }
    }
    return list.stream().map(String.class::cast).distinct().toList();
  }

  @SuppressWarnings("unchecked") // JsonReading makes maps with text keys only.
  public @Nullable Map<String, Object> object(String key) {
    return switch (any(key)) {
      case null -> null;
      case Map<?, ?> map -> (Map<String, Object>) map;
      default -> throw wrong(key, "must be an object");
    };
  }

  /** The failure of one field. */
  public InvalidJson wrong(String key, String what) {
    return new InvalidJson("'" + path + key + "' " + what);
  }
}
