package app.meshguard.policy.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as a parser reads it, and as policies see it: exact decimals, a null of its own. */
public final class JsonValues {
  private JsonValues() {}

  /** As policies see it. */
  public static Map<String, Object> seen(Map<String, ?> json) {
    Map<String, Object> values = new LinkedHashMap<>();
    json.forEach((key, value) -> values.put(key, seen(value)));
    return values;
  }

  /** As policies see it. */
  public static Object seen(@Nullable Object value) {
    return switch (value) {
      case null -> JsonNull.NULL;
      case BigDecimal number -> number;
      case Number number -> new BigDecimal(number.toString());
      case Map<?, ?> map -> {
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((key, item) -> values.put((String) key, seen(item)));
        yield values;
      }
      case List<?> list -> {
        List<Object> values = new ArrayList<>();
        list.forEach(item -> values.add(seen(item)));
        yield values;
      }
      default -> value;
    };
  }

  /** As it is written in an answer. */
  public static Map<String, @Nullable Object> written(Map<String, ?> values) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    values.forEach((key, value) -> json.put(key, written(value)));
    return json;
  }

  private static @Nullable Object written(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case JsonNull ignored -> null;
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        map.forEach((key, item) -> json.put(String.valueOf(key), written(item)));
        yield json;
      }
      case List<?> list -> {
        List<@Nullable Object> json = new ArrayList<>();
        list.forEach(item -> json.add(written(item)));
        yield json;
      }
      default -> value;
    };
  }
}
