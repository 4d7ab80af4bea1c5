package app.meshguard.local.demo;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an agent asks for.
 *
 * @param note shown behind the call, such as the time of day at which it is made
 */
record Call(String action, Map<String, Object> context, String note) {
  static Call of(String action) {
    return new Call(action, Map.of(), "");
  }

  Call with(String name, Object value) {
    var more = new TreeMap<>(context);
    more.put(name, value);
    return new Call(action, more, note);
  }

  Call noted(String text) {
    return new Call(action, context, text);
  }

  @Override
  public String toString() {
    var values =
        context.entrySet().stream()
            .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining());
    return action + values + (note.isEmpty() ? "" : ", " + note);
  }
}
