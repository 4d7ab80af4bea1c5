package app.meshguard.audit.log;

import app.meshguard.wire.Base62;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * The public name of an entry: {@code ent_}, its index and the first half of a hash of its record,
 * both in base62. It says nothing to who does not know the record, and names an entry only together
 * with the tenant of the verified caller: in another tenant's log the same index holds another
 * record.
 */
public record EntryId(long index, long digest) {
  private static final String PREFIX = "ent_";
  private static final int WIDTH = 11;

  /** The id of the entry at {@code index} that holds exactly these bytes. */
  public static EntryId of(long index, byte[] record) {
    return new EntryId(index, ByteBuffer.wrap(sha256(record)).getLong());
  }

  /** Reads an id; empty when it has not the form of one. */
  public static Optional<EntryId> parse(String text) {
    if (text.length() != PREFIX.length() + 2 * WIDTH || !text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      int middle = PREFIX.length() + WIDTH;
      EntryId id =
          new EntryId(
              number(text.substring(PREFIX.length(), middle)), number(text.substring(middle)));
      // One spelling only, and no index below zero.
      return id.index >= 0 && id.toString().equals(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** SHA-256 of a record's bytes. */
  public static byte[] sha256(byte[] record) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(record);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return PREFIX + Base62.fixed(index, WIDTH) + Base62.fixed(digest, WIDTH);
  }

  private static long number(String digits) {
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      number = number * 62 + digit(digits.charAt(i));
    }
    return number;
  }

  private static int digit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    if (c >= 'A' && c <= 'Z') {
      return c - 'A' + 10;
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 36;
    }
    throw new IllegalArgumentException("not a base62 digit");
  }
}
