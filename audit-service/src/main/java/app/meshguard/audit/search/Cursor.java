package app.meshguard.audit.search;

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
 * Where a page began or ended. Opaque, and bound by a checksum to its tenant and to what was asked:
 * another tenant's, or that of another filter, is garbage. It grants nothing, so the checksum needs
 * no secret.
 *
 * @param back whether it leads to what stands before that place
 * @param micros when the entry there was decided, in microseconds since the epoch
 * @param index that entry's index
 */
record Cursor(boolean back, long micros, long index) {
  private static final int PLACE = 17;
  private static final int BYTES = 25;

  static Cursor at(Instant decidedAt, long index) {
    return at(false, decidedAt, index);
  }

  static Cursor at(boolean back, Instant decidedAt, long index) {
    return new Cursor(
        back,
        Math.addExact(
            Math.multiplyExact(decidedAt.getEpochSecond(), 1_000_000L), decidedAt.getNano() / 1000),
        index);
  }

  /** Reads a cursor of this tenant and scope; empty for anything else. */
  static Optional<Cursor> parse(String text, TenantId tenant, String scope) {
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
    Cursor cursor = new Cursor(buffer.get() == 1, buffer.getLong(), buffer.getLong());
    return cursor.text(tenant, scope).equals(text) && cursor.inRange()
        ? Optional.of(cursor)
        : Optional.empty();
  }

  /** The cursor that a request gives, or null; another tenant's or filter's is a fault. */
  static @Nullable Cursor read(QueryParameters parameters, TenantId tenant, String scope) {
    String text = parameters.text("cursor");
    Optional<Cursor> cursor = text == null ? Optional.empty() : parse(text, tenant, scope);
    if (text != null && cursor.isEmpty()) {
      parameters.fault(
          "cursor",
          "is not a cursor of this question. Send the \"next\" or \"previous\" of a page, and the"
              + " same filter and order.");
    }
    return cursor.orElse(null);
  }

  String text(TenantId tenant, String scope) {
    ByteBuffer buffer = ByteBuffer.allocate(BYTES).put((byte) (back ? 1 : 0));
    buffer.putLong(micros).putLong(index);
    buffer.put(checksum(buffer.array(), tenant, scope), 0, BYTES - PLACE);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
  }

  Instant decidedAt() {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
  }

  private boolean inRange() {
    return micros >= 0 && micros < 253_402_300_800_000_000L && index >= 0;
  }

  private static byte[] checksum(byte[] bytes, TenantId tenant, String scope) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(tenant.value().getBytes(StandardCharsets.US_ASCII));
      digest.update(Arrays.copyOf(bytes, PLACE));
      digest.update(scope.getBytes(StandardCharsets.UTF_8));
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
