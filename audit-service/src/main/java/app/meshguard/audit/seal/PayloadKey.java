package app.meshguard.audit.seal;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Key and salt of one entry, made of its seed under its tenant's key. */
final class PayloadKey {
  static final int SEED = 33;

  // The key is used once, so the nonce need not differ.
  private static final byte[] NONCE = new byte[12];

  private final byte[] bytes;

  private PayloadKey(byte[] bytes) {
    this.bytes = bytes;
  }

  static Mac mac(byte[] tenantKey) {
    try {
      Mac mac = Mac.getInstance("HmacSHA512");
      mac.init(new SecretKeySpec(tenantKey, "HmacSHA512"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA512", e);
    }
  }

  static Cipher cipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES/GCM", e);
    }
  }

  static PayloadKey of(Mac tenant, byte[] seed) {
    tenant.update(seed, 1, SEED - 1);
    return new PayloadKey(tenant.doFinal());
  }

  byte[] salt() {
    return Arrays.copyOfRange(bytes, 32, 64);
  }

  /** Makes {@code cipher} ready for this entry of the tenant whose name is {@code bound}. */
  void prepare(Cipher cipher, int mode, byte[] bound) throws GeneralSecurityException {
    SecretKey key = new SecretKeySpec(bytes, 0, 32, "AES");
    cipher.init(mode, key, new GCMParameterSpec(128, NONCE));
    cipher.updateAAD(bound);
  }
}
