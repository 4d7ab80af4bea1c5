package app.meshguard.audit.ingest;

import app.meshguard.audit.platform.Refused;
import app.meshguard.wire.ProblemCode;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * Records of one journal that follow each other: the body, whose hash was verified, and where each
 * record ends in it.
 *
 * @param firstPosition the first record's position; positions start at 1
 * @param ends offset of the line feed after each record
 */
record EvidenceBatch(UUID journal, long firstPosition, byte[] body, int[] ends) {
  static final int MAX_BYTES = 8 << 20;
  static final int MAX_RECORDS = 5_000;
  private static final byte LINE_FEED = '\n';

  /** Reads a batch, or refuses it as a whole: whoever sent it has a fault or a bad line. */
  static EvidenceBatch read(UUID journal, long firstPosition, String hash, byte[] body) {
    if (firstPosition < 1 || firstPosition > Long.MAX_VALUE - MAX_RECORDS) {
      throw invalid("The first position is at least 1.");
    }
    if (body.length > MAX_BYTES) {
      throw new Refused(ProblemCode.PAYLOAD_TOO_LARGE, "A batch has at most 8 MiB.");
    }
    if (!HexFormat.of().formatHex(sha256(body, 0, body.length)).equals(hash)) {
      throw invalid("The batch hash is not the lower-case hex SHA-256 of the body.");
    }
    if (body.length == 0 || body[body.length - 1] != LINE_FEED) {
      throw invalid("A batch is one record or more, each followed by a line feed.");
    }
    return new EvidenceBatch(journal, firstPosition, body, ends(body));
  }

  /** A batch of this service's own records. */
  static EvidenceBatch own(UUID journal, long firstPosition, List<byte[]> records) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] record : records) {
      body.writeBytes(record);
      body.write(LINE_FEED);
    }
    byte[] bytes = body.toByteArray();
    return new EvidenceBatch(journal, firstPosition, bytes, ends(bytes));
  }

  private static int[] ends(byte[] body) {
    int[] ends = new int[MAX_RECORDS];
    int count = 0;
    for (int i = 0; i < body.length; i++) {
      if (body[i] == LINE_FEED) {
        if (count == MAX_RECORDS) {
          throw new Refused(
              ProblemCode.PAYLOAD_TOO_LARGE, "A batch has at most " + MAX_RECORDS + " records.");
        }
        ends[count++] = i;
      }
    }
    return Arrays.copyOf(ends, count);
  }

  int size() {
    return ends.length;
  }

  long lastPosition() {
    return firstPosition + ends.length - 1;
  }

  int start(int index) {
    return index == 0 ? 0 : ends[index - 1] + 1;
  }

  int length(int index) {
    return ends[index] - start(index);
  }

  /** SHA-256 of the record at {@code position}, which must be one of this batch. */
  byte[] hashAt(long position) {
    int index = Math.toIntExact(position - firstPosition);
    return sha256(body, start(index), length(index));
  }

  private static byte[] sha256(byte[] bytes, int offset, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, offset, length);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static Refused invalid(String detail) {
    return new Refused(ProblemCode.INVALID_REQUEST, detail);
  }
}
