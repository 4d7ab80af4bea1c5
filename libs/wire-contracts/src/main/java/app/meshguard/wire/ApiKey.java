package app.meshguard.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The text of an API key ({@code msk_}) or admin token ({@code msat_}): {@code <kind>_<tenant>_<key
 * id>_<secret><checksum>} with a tenant of 16, a key id of 10, a secret of 32 and a checksum of 6
 * base62 characters. The checksum finds typing errors before any look-up; only {@link #sha256()} is
 * ever stored.
 */
public final class ApiKey {
  private static final int TENANT = 16;
  private static final int KEY_ID = 10;
  private static final int SECRET = 32;
  private static final int CHECKSUM = 6;

  /** What a key is for. */
  public enum Kind {
    AGENT_KEY("msk"),
    ADMIN_TOKEN("msat");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }

    public String prefix() {
      return prefix;
    }
  }

  private final Kind kind;
  private final TenantId tenant;
  private final String keyId;
  private final String text;

  private ApiKey(Kind kind, TenantId tenant, String keyId, String text) {
    this.kind = kind;
    this.tenant = tenant;
    this.keyId = keyId;
    this.text = text;
  }

  /** Makes a new key with a fresh id and secret. */
  public static ApiKey generate(Kind kind, TenantId tenant) {
    String keyId = Base62.random(10);
    String body = kind.prefix() + "_" + tenant.opaque() + "_" + keyId + "_" + Base62.random(32);
    return new ApiKey(kind, tenant, keyId, body + checksum(body));
  }

  /**
   * Reads a key; empty when its form or checksum is wrong. Nothing is looked up. Without a regular
   * expression, which took a tenth of each call that shows a key.
   */
  public static Optional<ApiKey> parse(String text) {
    for (Kind kind : Kind.values()) {
      if (text.startsWith(kind.prefix())) {
        return parse(text, kind);
      }
    }
    return Optional.empty();
  }

  private static Optional<ApiKey> parse(String text, Kind kind) {
    int tenant = kind.prefix().length() + 1;
    int keyId = tenant + TENANT + 1;
    int secret = keyId + KEY_ID + 1;
    int checksum = secret + SECRET;
    boolean hasForm =
        text.length() == checksum + CHECKSUM
            && text.charAt(tenant - 1) == '_'
            && Base62.is(text, tenant, keyId - 1)
            && text.charAt(keyId - 1) == '_'
            && Base62.is(text, keyId, secret - 1)
            && text.charAt(secret - 1) == '_'
            && Base62.is(text, secret, text.length());
    if (!hasForm || !text.endsWith(checksum(text.substring(0, checksum)))) {
      return Optional.empty();
    }
    return Optional.of(
        new ApiKey(
            kind,
            TenantId.fromOpaque(text.substring(tenant, keyId - 1)),
            text.substring(keyId, secret - 1),
            text));
  }

  private static String checksum(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.US_ASCII));
    return Base62.fixed(crc.getValue(), 6);
  }

  public Kind kind() {
    return kind;
  }

  public TenantId tenant() {
    return tenant;
  }

  /** The public id of the key, 10 base62 characters, unique in its tenant. */
  public String keyId() {
    return keyId;
  }

  /** The whole secret text; shown once. */
  public String text() {
    return text;
  }

  /** How the key is listed: the prefix with the key's id, and its last four characters. */
  public String hint() {
    return kind.prefix() + "_…_" + keyId + "_…" + text.substring(text.length() - 4);
  }

  /** SHA-256 of the text in lower-case hex: what is stored and compared. */
  public String sha256() {
    return sha256(text);
  }

  /** SHA-256 of any credential text in lower-case hex. */
  public static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Without the secret, so that a key cannot leak into a log line. */
  @Override
  public String toString() {
    return hint();
  }
}
