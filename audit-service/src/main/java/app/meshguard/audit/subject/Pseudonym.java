package app.meshguard.audit.subject;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stands for a person wherever a value would have to be forgotten: HMAC-SHA256 of it under a
 * key of the tenant that no database holds. Equal values have equal pseudonyms; without the key
 * nobody can try values.
 */
public record Pseudonym(byte[] bytes) {
  public Pseudonym {
    bytes = bytes.clone();
  }

  /** The pseudonym of a value under a tenant's key. */
  public static Pseudonym of(byte[] key, String value) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return new Pseudonym(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pseudonym that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** As it is shown: {@code sub_} and the first 16 bytes in hex. */
  @Override
  public String toString() {
    return "sub_" + HexFormat.of().formatHex(bytes, 0, 16);
  }
}
