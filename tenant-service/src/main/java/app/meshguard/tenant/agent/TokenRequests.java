package app.meshguard.tenant.agent;

import app.meshguard.tenant.platform.RequestObject;
import app.meshguard.tenant.token.AgentTokens;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what is asked for a new token. */
@Singleton
class TokenRequests {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,7})([smhd])");

  private final AgentTokens tokens;

  TokenRequests(AgentTokens tokens) {
    this.tokens = tokens;
  }

  record Request(Duration lifetime, boolean revokeOlder) {}

  Request read(RequestObject json) {
    Duration lifetime = lifetime(json);
    Boolean revokeOlder = json.flag("revokeOlder");
    json.done();
    return new Request(lifetime, revokeOlder != null && revokeOlder);
  }

  private Duration lifetime(RequestObject json) {
    Duration lifetime;
    if (json.isNumber("expiresIn")) {
      Integer seconds = json.number("expiresIn", 1, Integer.MAX_VALUE);
      lifetime = seconds == null ? tokens.lifetime() : Duration.ofSeconds(seconds);
    } else {
      String text = json.text("expiresIn", 16);
      if (text == null) {
        return tokens.lifetime();
      }
      lifetime = parse(text);
    }
    if (lifetime.isZero() || lifetime.compareTo(tokens.longestLifetime()) > 0) {
      json.fault(
          "expiresIn",
          "must be seconds, or a duration such as 30m, 24h or 7d, from 1s to "
              + tokens.longestLifetime().toHours()
              + "h");
    }
    return lifetime;
  }

  /** The duration, or zero when the text is not one. */
  private static Duration parse(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Duration.ZERO;
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
