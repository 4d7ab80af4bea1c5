package app.meshguard.audit.words;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns one tenant's words into numbers that mean nothing without the tenant's key: the first 64
 * bits of an HMAC-SHA256. Words come again and again, so the last ones are remembered. For one
 * thread.
 */
public final class BlindWords {
  private static final int REMEMBERED = 2_000;

  private final Mac mac;
  private final Map<String, Long> known = new HashMap<>();

  /**
   * Prepares.
   *
   * @param key the tenant's, made for words and nothing else
   */
  public BlindWords(byte[] key) {
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }

  /** The hashes of words, in their order. */
  public long[] hashes(Collection<String> words) {
    return words.stream().mapToLong(this::hash).toArray();
  }

  private long hash(String word) {
    Long hash = known.get(word);
    if (hash == null) {
      if (known.size() >= REMEMBERED) {
        known.clear();
      }
      hash = ByteBuffer.wrap(mac.doFinal(word.getBytes(StandardCharsets.UTF_8))).getLong();
      known.put(word, hash);
    }
    return hash;
  }
}
