package app.meshguard.audit.search;

import java.util.List;

/** Text, or text in which {@code *} stands for any text, none included. */
record TextPattern(String text) {
  boolean isExact() {
    return text.indexOf('*') < 0;
  }

  /** As LIKE takes it. */
  String like() {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace('*', '%');
  }

  /** What LIKE answers. */
  boolean matches(String value) {
    if (isExact()) {
      return value.equals(text);
    }
    List<String> parts = List.of(text.split("\\*", -1));
    String first = parts.getFirst();
    String last = parts.getLast();
    if (value.length() < first.length() + last.length()
        || !value.startsWith(first)
        || !value.endsWith(last)) {
      return false;
    }
    int at = first.length();
    int end = value.length() - last.length();
    for (String part : parts.subList(1, parts.size() - 1)) {
      int found = value.indexOf(part, at);
      if (found < 0 || found + part.length() > end) {
        return false;
      }
      at = found + part.length();
    }
    return true;
  }
}
