package app.meshguard.audit.seal;

import app.meshguard.audit.record.EvidenceRecord;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;

/** Seals the records of one batch: what is costly to make is made once. For one thread. */
public final class Sealer {
  private static final int SEEDS = 256;

  /** What a tenant's entries are sealed with. */
  private record Tenant(Mac mac, byte[] name) {}

  private final Payloads payloads;
  private final int version;
  private final SecureRandom random;
  private final byte[] randomBytes = new byte[SEEDS * (PayloadKey.SEED - 1)];
  private int randomUsed = randomBytes.length;
  private final Map<String, Tenant> tenants = new HashMap<>();
  private final Cipher cipher = PayloadKey.cipher();
  private final MessageDigest sha256 = sha256();
  private final Leaf leaf = new Leaf();

  Sealer(Payloads payloads, int version, SecureRandom random) {
    this.payloads = payloads;
    this.version = version;
    this.random = random;
  }

  /** Seals the record that was read from this part of {@code bytes}. */
  public Sealed seal(EvidenceRecord record, byte[] bytes, int offset, int length) {
    Tenant tenant = tenants.computeIfAbsent(record.tenant(), this::tenant);
    byte[] seed = seed();
    PayloadKey key = PayloadKey.of(tenant.mac(), seed);
    sha256.update(key.salt());
    sha256.update(bytes, offset, length);
    byte[] hashed = leaf.of(record, sha256.digest());
    sha256.update((byte) 0);
    byte[] leafHash = sha256.digest(hashed);
    try {
      key.prepare(cipher, Cipher.ENCRYPT_MODE, tenant.name());
      return new Sealed(hashed, leafHash, seed, cipher.doFinal(bytes, offset, length));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a record cannot be sealed", e);
    }
  }

  private Tenant tenant(String tenant) {
    return new Tenant(
        PayloadKey.mac(payloads.payloadKey(version, tenant)),
        tenant.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] seed() {
    if (randomUsed == randomBytes.length) {
      random.nextBytes(randomBytes);
      randomUsed = 0;
    }
    byte[] seed = new byte[PayloadKey.SEED];
    seed[0] = (byte) version;
    System.arraycopy(randomBytes, randomUsed, seed, 1, PayloadKey.SEED - 1);
    randomUsed += PayloadKey.SEED - 1;
    return seed;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
