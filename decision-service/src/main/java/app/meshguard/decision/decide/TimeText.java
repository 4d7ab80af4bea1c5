package app.meshguard.decision.decide;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes moments as {@code 2026-11-20T10:15:30.123456Z}; the text of a second is made once. */
public final class TimeText {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  private record Second(long epochSecond, String text) {}

  private static volatile Second last = new Second(0, "1970-01-01T00:00:00");

  private TimeText() {}

  public static String of(Instant time) {
    Second second = last;
    if (second.epochSecond() != time.getEpochSecond()) {
      second = new Second(time.getEpochSecond(), SECONDS.format(time));
      last = second;
    }
    char[] fraction = {'.', '0', '0', '0', '0', '0', '0', 'Z'};
    int micros = time.getNano() / 1000;
    for (int i = 6; i > 0; i--) {
      fraction[i] = (char) ('0' + micros % 10);
      micros /= 10;
    }
    return second.text().concat(new String(fraction));
  }
}
