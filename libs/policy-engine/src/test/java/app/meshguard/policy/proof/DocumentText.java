package app.meshguard.policy.proof;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes documents that were made up, in one of the spellings that the language has. */
final class DocumentText {
  private final Choices style;

  DocumentText(Choices style) {
    this.style = style;
  }

  String write(Map<String, Object> document) {
    StringBuilder yaml = new StringBuilder();
    document.forEach(
        (name, value) -> {
          if (name.equals("rules") && value instanceof List<?> rules && !rules.isEmpty()) {
            yaml.append("rules:\n");
            rules.forEach(rule -> yaml.append("  - ").append(flow(rule)).append('\n'));
          } else {
            yaml.append(key(name)).append(": ").append(flow(value)).append('\n');
          }
        });
    return yaml.toString();
  }

  private String key(String name) {
    if (name.equals("appliesTo") && style.oneIn(4)) {
      return "agent_match";
    }
    return style.oneIn(2) ? name : name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private String flow(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> key((String) entry.getKey()) + ": " + flow(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case List<?> list ->
          list.stream().map(this::flow).collect(Collectors.joining(", ", "[", "]"));
      case Expr expression -> quoted(expression.text());
      case String text -> quoted(text);
      default -> value.toString();
    };
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
