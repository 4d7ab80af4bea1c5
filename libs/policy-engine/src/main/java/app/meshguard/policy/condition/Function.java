package app.meshguard.policy.condition;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A function of one value. */
record Function(Kind kind, Operand argument) implements Operand {
  enum Kind {
    LEN,
    LOWER,
    AGE
  }

  @Override
  public @Nullable Object value(Facts facts) {
    Object value = argument.value(facts);
    return switch (kind) {
      case LEN -> length(value);
      case LOWER -> value instanceof String text ? text.toLowerCase(Locale.ROOT) : null;
      case AGE -> value instanceof String text ? age(text, facts) : null;
    };
  }

  private static @Nullable BigDecimal length(@Nullable Object value) {
    return switch (value) {
      case String text -> BigDecimal.valueOf(text.codePointCount(0, text.length()));
      case List<?> list -> BigDecimal.valueOf(list.size());
      case Map<?, ?> map -> BigDecimal.valueOf(map.size());
      case null, default -> null;
    };
  }

  /** RFC 3339 with an offset; a text without one names no instant. */
  private static @Nullable Duration age(String text, Facts facts) {
    if (text.length() < 20 || text.length() > 40) {
      return null;
    }
    try {
      return Duration.between(OffsetDateTime.parse(text).toInstant(), facts.time());
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  @Override
  public List<Operand> parts() {
    return List.of(argument);
  }
}
