package app.meshguard.policy.value;

import java.util.Locale;
import java.util.Optional;

/** How much harm an agent could do, in ascending order. */
public enum RiskLevel {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The level as it is written on the wire and in policies. */
  public String text() {
    return text;
  }

  public static Optional<RiskLevel> parse(String text) {
    for (RiskLevel level : values()) {
      if (level.text.equals(text)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }
}
