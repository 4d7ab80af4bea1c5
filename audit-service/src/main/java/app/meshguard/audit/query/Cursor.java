package app.meshguard.audit.query;

import app.meshguard.audit.platform.QueryParameters;
import app.meshguard.wire.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended. Opaque, and bound to its tenant by a checksum: another tenant's is garbage.
 * It grants nothing, so the checksum needs no secret.
 *
 * @param micros when the page's last entry was decided, in microseconds since the epoch
 * @param index that entry's index
 */
record Cursor(long micros, long index) {
  private static final int BYTES = 24;

  static Cursor at(Instant decidedAt, long index) {
    return new Cursor(
        Math.addExact(
            Math.multiplyExact(decidedAt.getEpochSecond(), 1_000_000L), decidedAt.getNano() / 1000),
        index);
  }

  /** Reads a cursor of this tenant; empty for anything else. */
  static Optional<Cursor> parse(String text, TenantId tenant) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (bytes.length != BYTES) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    Cursor cursor = new Cursor(buffer.getLong(), buffer.getLong());
    return cursor.text(tenant).equals(text) && cursor.inRange()
        ? Optional.of(cursor)
        : Optional.empty();
  }

  /** The cursor that a request gives, or null; another tenant's is a fault. */
  static @Nullable Cursor read(QueryParameters parameters, TenantId tenant) {
    String text = parameters.text("cursor");
    Optional<Cursor> cursor = text == null ? Optional.empty() : parse(text, tenant);
    if (text != null && cursor.isEmpty()) {
      parameters.fault("cursor", "is not a cursor. Send the \"next\" of the page before.");
    }
    return cursor.orElse(null);
  }

  String text(TenantId tenant) {
    ByteBuffer buffer = ByteBuffer.allocate(BYTES).putLong(micros).putLong(index);
    buffer.put(checksum(buffer.array(), tenant), 0, 8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
  }

  Instant decidedAt() {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
  }

  private boolean inRange() {
    return micros >= 0 && micros < 253_402_300_800_000_000L && index >= 0;
  }

  private static byte[] checksum(byte[] bytes, TenantId tenant) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(tenant.value().getBytes(StandardCharsets.US_ASCII));
      digest.update(Arrays.copyOf(bytes, 16));
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
