package app.meshguard.policy.document;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a file into its documents before any of them is parsed: by the marker lines, which no
 * content of a document can look like. So each has its own size limit, and an error in one does not
 * hide those in the next.
 */
final class YamlDocuments {
  /**
   * @param linesBefore how many lines of the file stand before it
   */
  record Part(String text, int linesBefore) {}

  private YamlDocuments() {}

  /**
   * @param most after so many the rest is not looked at
   */
  static List<Part> split(String yaml, int most) {
    List<Part> parts = new ArrayList<>();
    int start = 0;
    int startLine = 0;
    int line = 0;
    int at = 0;
    while (at < yaml.length() && parts.size() < most) {
      int end = yaml.indexOf('\n', at);
      int next = end < 0 ? yaml.length() : end + 1;
      boolean marker = isMarker(yaml, at, "---");
      boolean finished = !marker && isMarker(yaml, at, "...");
      if (marker || finished) {
        addUnlessEmpty(parts, yaml.substring(start, at), startLine);
        start = finished ? next : at;
        startLine = finished ? line + 1 : line;
      }
      at = next;
      line++;
    }
    if (parts.size() < most) {
      addUnlessEmpty(parts, yaml.substring(Math.min(start, yaml.length())), startLine);
    }
    return parts;
  }

  private static boolean isMarker(String yaml, int at, String marker) {
    if (!yaml.startsWith(marker, at)) {
      return false;
    }
    int after = at + marker.length();
    return after >= yaml.length() || Character.isWhitespace(yaml.charAt(after));
  }

  /** Nothing but blanks, comments and a bare marker is no document. */
  private static void addUnlessEmpty(List<Part> parts, String text, int linesBefore) {
    boolean empty =
        text.lines()
            .map(String::strip)
            .allMatch(line -> line.isEmpty() || line.startsWith("#") || line.equals("---"));
    if (!empty) {
      parts.add(new Part(text, linesBefore));
    }
  }
}
