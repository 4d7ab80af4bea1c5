package app.meshguard.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds where one HTTP/1.1 response ends, and its status: all that a load generator needs to know,
 * without making an object per answer.
 */
final class ResponseReader {
  private static final byte[] CONTENT_LENGTH = ascii("content-length:");
  private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding:");
  private static final int UNKNOWN = -1;
  private static final int CHUNKED = -2;

  private byte[] bytes = new byte[16 * 1024];
  private int filled;
  private int bodyStart;
  private int bodyEnd;

  /** Where the next bytes of the connection go. */
  ByteBuffer space() {
    if (filled == bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    return ByteBuffer.wrap(bytes, filled, bytes.length - filled);
  }

  /** Takes note of {@code count} bytes put into {@link #space()}; true when the answer is whole. */
  boolean received(int count) {
    filled += count;
    if (bodyStart == 0) {
      bodyStart = endOfHead();
      if (bodyStart == 0) {
        return false;
      }
      int length = declaredLength();
      if (length == UNKNOWN) {
        throw new WrongAnswer("The answer does not say how long it is:\n" + text());
      }
      bodyEnd = length == CHUNKED ? CHUNKED : bodyStart + length;
    }
    return bodyEnd == CHUNKED ? lastChunkIsThere() : filled >= bodyEnd;
  }

  /** Ready for the next response on the same connection. */
  void reset() {
    filled = 0;
    bodyStart = 0;
    bodyEnd = 0;
  }

  /** The three digits after {@code HTTP/1.1 }. */
  int status() {
    return (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + (bytes[11] - '0');
  }

  boolean bodyContains(byte[] wanted) {
    search:
    for (int at = bodyStart; at <= filled - wanted.length; at++) {
      for (int i = 0; i < wanted.length; i++) {
        if (bytes[at + i] != wanted[i]) {
          continue search;
        }
      }
      return true;
    }
    return false;
  }

  /** What has come so far, for a message. */
  String text() {
    return new String(bytes, 0, Math.min(filled, 2000), StandardCharsets.UTF_8);
  }

  private int endOfHead() {
    for (int i = 3; i < filled; i++) {
      if (bytes[i] == '\n'
          && bytes[i - 1] == '\r'
          && bytes[i - 2] == '\n'
          && bytes[i - 3] == '\r') {
        return i + 1;
      }
    }
    return 0;
  }

  private int declaredLength() {
    for (int i = 0; i < bodyStart; i++) {
      if (bytes[i] == '\n') {
        if (startsWith(i + 1, CONTENT_LENGTH)) {
          return number(i + 1 + CONTENT_LENGTH.length, 10);
        }
        if (startsWith(i + 1, TRANSFER_ENCODING)) {
          return CHUNKED;
        }
      }
    }
    return UNKNOWN;
  }

  private boolean lastChunkIsThere() {
    int at = bodyStart;
    while (true) {
      int lineEnd = at;
      while (lineEnd < filled && bytes[lineEnd] != '\n') {
        lineEnd++;
      }
      if (lineEnd >= filled) {
        return false;
      }
      int size = number(at, 16);
      at = lineEnd + 1 + size + 2;
      if (at > filled) {
        return false;
      }
      if (size == 0) {
        return true;
      }
    }
  }

  private int number(int from, int radix) {
    int at = from;
    while (bytes[at] == ' ') {
      at++;
    }
    int value = 0;
    int digit = Character.digit(bytes[at], radix);
    while (digit >= 0) {
      value = value * radix + digit;
      digit = Character.digit(bytes[++at], radix);
    }
    return value;
  }

  private boolean startsWith(int from, byte[] lowerCase) {
    if (from + lowerCase.length > bodyStart) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      if (Character.toLowerCase(bytes[from + i]) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
