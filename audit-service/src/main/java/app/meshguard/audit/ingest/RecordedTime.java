package app.meshguard.audit.ingest;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Reads times. All that decision replicas write have the form {@code 2026-11-20T10:15:30.123456Z}:
 * read as such, a time costs a tenth of what the JDK's parser takes, which was a quarter of the
 * work on a record.
 */
final class RecordedTime {
  private static final String FORM = "0000-00-00T00:00:00.000000Z";

  private RecordedTime() {}

  /**
   * Reads any RFC 3339 time.
   *
   * @throws java.time.DateTimeException when it is none
   */
  static OffsetDateTime parse(String text) {
    return isOfTheForm(text)
        ? OffsetDateTime.of(
            number(text, 0, 4),
            number(text, 5, 7),
            number(text, 8, 10),
            number(text, 11, 13),
            number(text, 14, 16),
            number(text, 17, 19),
            number(text, 20, 26) * 1_000,
            ZoneOffset.UTC)
        : OffsetDateTime.parse(text);
  }

  private static boolean isOfTheForm(String text) {
    if (text.length() != FORM.length()) {
      return false;
    }
    for (int i = 0; i < FORM.length(); i++) {
      char form = FORM.charAt(i);
      char c = text.charAt(i);
      if (form == '0' ? c < '0' || c > '9' : c != form) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int start, int end) {
    return Integer.parseInt(text, start, end, 10);
  }
}
