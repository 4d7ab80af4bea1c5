package app.meshguard.policy.authoring.lint;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that looks wrong, where, and what to do about it.
 *
 * @param rule null for what is about the whole policy
 * @param line one-based, in the text that the policy was read from
 * @param column one-based
 */
public record Finding(
    String policy, @Nullable String rule, int line, int column, LintCode code, String message) {
  /** For JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("policy", policy);
    if (rule != null) {
      map.put("rule", rule);
    }
    map.put("line", line);
    map.put("column", column);
    map.put("code", code.text());
    map.put("severity", code.severity().name().toLowerCase(Locale.ROOT));
    map.put("message", message);
    return map;
  }
}
