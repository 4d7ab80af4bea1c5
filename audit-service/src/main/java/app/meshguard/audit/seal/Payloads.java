package app.meshguard.audit.seal;

import app.meshguard.audit.record.EvidenceRecord;
import app.meshguard.wire.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/** Seals records and opens them again, under keys that are made of the deployment's masters. */
@ApplicationScoped
public class Payloads {
  private static final int REMEMBERED = 10_000;

  private record Use(int version, String text) {}

  private final Masters masters;
  private final SecureRandom random = new SecureRandom();
  private final ConcurrentMap<Use, byte[]> keys = new ConcurrentHashMap<>();

  @Inject
  public Payloads(Masters masters) {
    this.masters = masters;
  }

  /** A sealer for one batch. */
  public Sealer sealer() {
    return new Sealer(this, masters.current(), random);
  }

  /** Seals one record. */
  public Sealed seal(EvidenceRecord record, byte[] bytes) {
    return sealer().seal(record, bytes, 0, bytes.length);
  }

  /**
   * The record of an entry, byte for byte, or null when it was erased. An entry that is older than
   * leaves has neither seed nor payload: its leaf is the record.
   *
   * @throws DamagedPayload when these are not the bytes that the leaf commits to
   */
  public byte @Nullable [] open(
      TenantId tenant, byte @Nullable [] seed, byte @Nullable [] payload, byte[] leaf)
      throws DamagedPayload {
    if (seed == null || payload == null) {
      return Leaf.commits(leaf) ? null : leaf;
    }
    PayloadKey key = key(tenant, seed);
    byte[] record;
    try {
      Cipher cipher = PayloadKey.cipher();
      key.prepare(cipher, Cipher.DECRYPT_MODE, tenant.value().getBytes(StandardCharsets.UTF_8));
      record = cipher.doFinal(payload);
    } catch (GeneralSecurityException e) {
      throw new DamagedPayload("the payload was changed");
    }
    MessageDigest sha256 = Sealer.sha256();
    sha256.update(key.salt());
    if (!Leaf.commitsTo(leaf, sha256.digest(record))) {
      throw new DamagedPayload("the payload is not what the leaf commits to");
    }
    return record;
  }

  /** What stands before the record in the leaf's commitment. */
  public byte[] salt(TenantId tenant, byte[] seed) throws DamagedPayload {
    return key(tenant, seed).salt();
  }

  /**
   * A key of the tenant's for one purpose, e.g. a blind index: of the newest master. What older
   * masters made is found with {@link #tenantKeys}.
   */
  public byte[] tenantKey(TenantId tenant, String purpose) {
    return tenantKey(masters.current(), tenant.value(), purpose).clone();
  }

  /** The same of every master, the newest first. */
  public List<byte[]> tenantKeys(TenantId tenant, String purpose) {
    return IntStream.of(masters.versions())
        .mapToObj(version -> tenantKey(version, tenant.value(), purpose).clone())
        .toList();
  }

  byte[] payloadKey(int version, String tenant) {
    return tenantKey(version, tenant, "payload");
  }

  private PayloadKey key(TenantId tenant, byte[] seed) throws DamagedPayload {
    if (seed.length != PayloadKey.SEED) {
      throw new DamagedPayload("the seed was changed");
    }
    int version = Byte.toUnsignedInt(seed[0]);
    if (Arrays.stream(masters.versions()).noneMatch(known -> known == version)) {
      throw new DamagedPayload("there is no master key " + version + ".key");
    }
    return PayloadKey.of(PayloadKey.mac(payloadKey(version, tenant.value())), seed);
  }

  private byte[] tenantKey(int version, String tenant, String purpose) {
    if (keys.size() >= REMEMBERED) {
      keys.clear();
    }
    return keys.computeIfAbsent(
        new Use(version, "meshguard/" + purpose + "/v1/" + tenant),
        use -> masters.derive(use.version(), use.text()));
  }
}
