package app.meshguard.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets that customers give us (credentials injected into targets) with AES-256-GCM under
 * the deployment's key, which is in a file and never in a database. A sealed secret is base64 of a
 * format byte, a nonce of 12 bytes and the ciphertext with its tag, bound to the purpose.
 */
public final class SecretsKey {
  private static final byte FORMAT = 1;
  private static final int NONCE = 12;

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  public SecretsKey(byte[] key) {
    if (key.length != 32) {
      throw new IllegalArgumentException("the secrets key must be 32 bytes, not " + key.length);
    }
    this.key = new SecretKeySpec(key, "AES");
  }

  /** Reads a key: a file with 32 bytes in base64. */
  public static SecretsKey load(Path file) {
    try {
      return new SecretsKey(Base64.getDecoder().decode(Files.readString(file).strip()));
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException("no secrets key (32 bytes in base64) in " + file, e);
    }
  }

  /**
   * A key of its own for one use, made of this one: what is sealed often there does not wear out
   * the key of what is sealed here.
   */
  public SecretsKey derived(String use) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
      return new SecretsKey(mac.doFinal(use.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /**
   * Seals a secret.
   *
   * @param purpose what the secret belongs to, e.g. the tenant's and target's id: opening needs the
   *     same, so that one tenant's sealed value is of no use in another's row
   */
  public String seal(String secret, String purpose) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] sealed =
        run(Cipher.ENCRYPT_MODE, nonce, purpose, secret.getBytes(StandardCharsets.UTF_8));
    byte[] out = new byte[1 + NONCE + sealed.length];
    out[0] = FORMAT;
    System.arraycopy(nonce, 0, out, 1, NONCE);
    System.arraycopy(sealed, 0, out, 1 + NONCE, sealed.length);
    return Base64.getEncoder().encodeToString(out);
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @throws IllegalArgumentException when it was not made with this key for this purpose
   */
  public String open(String sealed, String purpose) {
    byte[] in = Base64.getDecoder().decode(sealed);
    if (in.length < 1 + NONCE || in[0] != FORMAT) {
      throw new IllegalArgumentException("not a sealed secret of format " + FORMAT);
    }
    byte[] nonce = Arrays.copyOfRange(in, 1, 1 + NONCE);
    byte[] body = Arrays.copyOfRange(in, 1 + NONCE, in.length);
    return new String(run(Cipher.DECRYPT_MODE, nonce, purpose, body), StandardCharsets.UTF_8);
  }

  private byte[] run(int mode, byte[] nonce, String purpose, byte[] body) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(128, nonce));
      cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the secret cannot be sealed or opened with this key", e);
    }
  }
}
