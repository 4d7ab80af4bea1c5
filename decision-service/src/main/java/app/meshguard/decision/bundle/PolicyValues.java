package app.meshguard.decision.bundle;

import app.meshguard.policy.value.JsonNull;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of a section, as policies see them: exact decimals, and a null of its own. */
final class PolicyValues {
  private PolicyValues() {}

  static Map<String, Object> of(@Nullable Map<String, Object> json) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (json != null) {
      json.forEach((key, value) -> values.put(key, of(value)));
    }
    return values;
  }

  private static Object of(@Nullable Object value) {
    return switch (value) {
      case null -> JsonNull.NULL;
      case BigDecimal number -> number;
      case Number number -> new BigDecimal(number.toString());
      case Map<?, ?> map -> {
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((key, item) -> values.put((String) key, of(item)));
        yield values;
      }
      case List<?> list -> {
        List<Object> values = new ArrayList<>();
        list.forEach(item -> values.add(of(item)));
        yield values;
      }
      default -> value;
    };
  }
}
