package app.meshguard.decision.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What can be reported, and with which fields beside those that all have. */
enum EventType {
  MESSAGE("to", "content", "reads", "writes"),
  TOOL_INVOCATION("tool", "arguments", "result", "status", "durationMs", "reads", "writes"),
  DATA_ACCESS("reads", "writes", "purpose"),
  OVERRIDE("by", "reason", "decisionId");

  private final Set<String> fields;

  EventType(String... fields) {
    this.fields = Set.of(fields);
  }

  Set<String> fields() {
    return fields;
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<EventType> named(String text) {
    return Arrays.stream(values()).filter(type -> type.text().equals(text)).findFirst();
  }
}
