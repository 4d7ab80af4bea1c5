package app.meshguard.audit.platform;

import app.meshguard.wire.Problem;
import app.meshguard.wire.ProblemCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads query parameters and gathers every fault in them, so that all are answered at once. */
public final class QueryParameters {
  private static final int LONGEST = 512;
  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private final Map<String, List<String>> given;
  private final List<Problem.Fault> faults = new ArrayList<>();

  /**
   * Starts reading.
   *
   * @param known every name that may be given; another one is a fault that names the nearest
   */
  public QueryParameters(Map<String, List<String>> given, Set<String> known) {
    this.given = given;
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        fault(printable(name), "is not a parameter here. " + Spelling.nearest(name, known));
      }
    }
  }

  /** Adds a fault of one parameter. */
  public void fault(String name, String message) {
    faults.add(new Problem.Fault(name, null, null, name + " " + message));
  }

  /** The text of a parameter, or null when it is not given or at fault. */
  public @Nullable String text(String name) {
    return text(name, LONGEST);
  }

  /** The same of a parameter that holds more than a name. */
  public @Nullable String longText(String name) {
    return text(name, 8 * LONGEST);
  }

  private @Nullable String text(String name, int longest) {
    List<String> values = given.getOrDefault(name, List.of());
    if (values.isEmpty()) {
      return null;
    }
    String value = values.getFirst();
    if (values.size() > 1) {
      fault(name, "is given " + values.size() + " times. Give it once.");
    } else if (value.isEmpty()) {
      fault(name, "is empty. Leave it out, or give a value.");
    } else if (value.length() > longest) {
      fault(name, "is longer than " + longest + " characters.");
    } else if (value.chars().anyMatch(Character::isISOControl)) {
      fault(name, "has a control character in it.");
    } else {
      return value;
    }
    return null;
  }

  /** One of a closed set of words. */
  public @Nullable String oneOf(String name, List<String> words) {
    String value = text(name);
    if (value != null && !words.contains(value)) {
      fault(name, "is one of " + String.join(", ", words) + ".");
      return null;
    }
    return value;
  }

  /** A whole number in a range. */
  public int number(String name, int least, int most, int otherwise) {
    return Math.toIntExact(longNumber(name, least, most, otherwise));
  }

  /** A whole number in a range, which may be greater. */
  public long longNumber(String name, long least, long most, long otherwise) {
    String value = text(name);
    if (value == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered below, as a number out of range is.
    }
    fault(name, "is a whole number from " + least + " to " + most + ".");
    return otherwise;
  }

  /** The first moment of a period: a time, or the start of a day in UTC. */
  public @Nullable Instant from(String name) {
    return time(name, day -> day);
  }

  /** The first moment after a period: a time, or the end of a day in UTC. */
  public @Nullable Instant to(String name) {
    return time(name, day -> day.plusDays(1));
  }

  private @Nullable Instant time(String name, Function<LocalDate, LocalDate> boundary) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    try {
      Instant time =
          value.length() == 10
              ? boundary.apply(LocalDate.parse(value)).atStartOfDay(ZoneOffset.UTC).toInstant()
              // A plus sign that nobody encoded arrives as a space.
              : OffsetDateTime.parse(value.replace(' ', '+')).toInstant();
      if (inRange(time)) {
        return time;
      }
    } catch (DateTimeException e) {
      // Answered below, as a year out of range is.
    }
    fault(name, "is a time such as 2026-11-20T10:15:30Z, or a date such as 2026-11-20.");
    return null;
  }

  static boolean inRange(Instant time) {
    return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
  }

  /** Adds a fault when a parameter that must be given is not; {@code read} is what it holds. */
  public <T> @Nullable T required(String name, @Nullable T read) {
    if (!given.containsKey(name)) {
      fault(name, "is missing. Give it.");
    }
    return read;
  }

  /** Refuses the request when there is any fault. */
  public void check() {
    if (!faults.isEmpty()) {
      throw new Refused(
          ProblemCode.INVALID_REQUEST,
          faults.size() == 1
              ? faults.getFirst().message()
              : faults.size() + " parameters are not right: see errors.",
          faults);
    }
  }

  private static String printable(String name) {
    String cut = name.length() > 64 ? name.substring(0, 64) : name;
    return cut.chars().anyMatch(Character::isISOControl) ? "(unprintable)" : cut;
  }
}
