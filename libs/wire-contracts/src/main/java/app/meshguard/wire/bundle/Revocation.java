package app.meshguard.wire.bundle;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Something that must not be accepted any more.
 *
 * @param id the agent's id, the key's id, or the token's {@code jti}
 * @param at milliseconds since the epoch
 */
public record Revocation(Kind kind, String id, long at) {

  /** What is revoked. */
  public enum Kind {
    AGENT,
    KEY,
    TOKEN;

    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
