package app.meshguard.policy;

import app.meshguard.policy.condition.Attribute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows values in an explanation, without those whose name says that they are secret. */
final class Masked {
  static final String TEXT = "[redacted]";
  private static final int DEEPEST = 8;

  private Masked() {}

  /** What may be shown of an attribute's value; {@code "[missing]"} when it is not there. */
  static Object of(Attribute attribute, @Nullable Object value) {
    if (value == null) {
      return AuditDirective.MISSING;
    }
    return attribute.isSecret() ? TEXT : shown(value, 0);
  }

  private static Object shown(Object value, int depth) {
    if (depth > DEEPEST) {
      return "…";
    }
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, Object> shown = new LinkedHashMap<>();
        map.forEach(
            (key, item) ->
                shown.put(
                    String.valueOf(key),
                    Attribute.isSecret(String.valueOf(key)) ? TEXT : shown(item, depth + 1)));
        yield shown;
      }
      case List<?> list -> {
        List<Object> shown = new ArrayList<>();
        list.forEach(item -> shown.add(shown(item, depth + 1)));
        yield shown;
      }
      default -> value;
    };
  }
}
