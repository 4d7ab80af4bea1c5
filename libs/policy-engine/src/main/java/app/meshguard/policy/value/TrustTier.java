package app.meshguard.policy.value;

import java.util.Locale;
import java.util.Optional;

/** How far an agent is trusted, in ascending order. */
public enum TrustTier {
  UNTRUSTED,
  BASIC,
  VERIFIED,
  TRUSTED,
  PRIVILEGED;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The tier as it is written on the wire and in policies. */
  public String text() {
    return text;
  }

  /** Reads a tier; the older names for agents without trust are read as {@link #UNTRUSTED}. */
  public static Optional<TrustTier> parse(String text) {
    for (TrustTier tier : values()) {
      if (tier.text.equals(text)) {
        return Optional.of(tier);
      }
    }
    return switch (text) {
      case "unverified", "anonymous", "sandboxed", "restricted" -> Optional.of(UNTRUSTED);
      default -> Optional.empty();
    };
  }
}
