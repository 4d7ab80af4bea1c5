package app.meshguard.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens that were verified once, by their SHA-256, until they expire. A service shows the same
 * token for minutes, and to verify one takes longer than most of what it is shown for.
 */
final class VerifiedCallers {
  /** More than there are replicas that call; beyond it, all is forgotten and verified anew. */
  private static final int MOST = 1_024;

  private final Map<String, Known> known = new ConcurrentHashMap<>();

  private record Known(String service, Instant until) {}

  Optional<String> callerOf(String token, Instant now) {
    Known found = known.get(hash(token));
    return found != null && now.isBefore(found.until())
        ? Optional.of(found.service())
        : Optional.empty();
  }

  void remember(String token, String service, Instant until) {
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(hash(token), new Known(service, until));
  }

  private static String hash(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
