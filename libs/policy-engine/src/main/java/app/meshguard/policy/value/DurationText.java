package app.meshguard.policy.value;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Durations as policies write them: a whole number and one of {@code s m h d}. */
public final class DurationText {
  private DurationText() {}

  /** The duration that the text says, or null when it says none. */
  public static @Nullable Duration parse(String text) {
    int digits = text.length() - 1;
    if (digits < 1 || digits > 9) {
      return null;
    }
    long amount = 0;
    for (int i = 0; i < digits; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return null;
      }
      amount = amount * 10 + (c - '0');
    }
    return switch (text.charAt(digits)) {
      case 's' -> Duration.ofSeconds(amount);
      case 'm' -> Duration.ofMinutes(amount);
      case 'h' -> Duration.ofHours(amount);
      case 'd' -> Duration.ofDays(amount);
      default -> null;
    };
  }

  /** The shortest text of whole units for a duration of whole seconds. */
  public static String of(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds != 0 && seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds != 0 && seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    if (seconds != 0 && seconds % 60 == 0) {
      return seconds / 60 + "m";
    }
    return seconds + "s";
  }
}
