package app.meshguard.decision.json;

import app.meshguard.policy.value.JsonNull;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON into a buffer that is used again: keys sorted by UTF-16 code units, no insignificant
 * whitespace, the escapes of RFC 8785, decimals with their exact digits. For one thread.
 */
public final class JsonText {
  private static final byte[] HEX =
      "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  /** Above this a buffer is not kept for the next text. */
  private static final int KEPT = 1 << 16;

  private byte[] bytes = new byte[2048];
  private int size;

  /** Empties the buffer. */
  public JsonText clear() {
    size = 0;
    if (bytes.length > KEPT) {
      bytes = new byte[2048];
    }
    return this;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** The same as a body, copied once. */
  public Buffer toBuffer() {
    return Buffer.buffer(size).appendBytes(bytes, 0, size);
  }

  public int size() {
    return size;
  }

  /** Text that is ASCII and JSON already: punctuation, keys, numbers. */
  public JsonText raw(String ascii) {
    int length = ascii.length();
    reserve(length);
    for (int i = 0; i < length; i++) {
      bytes[size + i] = (byte) ascii.charAt(i);
    }
    size += length;
    return this;
  }

  /** Text that is JSON already. */
  public JsonText raw(byte[] json) {
    reserve(json.length);
    System.arraycopy(json, 0, bytes, size, json.length);
    size += json.length;
    return this;
  }

  public JsonText number(long value) {
    if (value < 0) {
      return raw(Long.toString(value));
    }
    reserve(20);
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    long rest = value;
    for (int at = size + digits - 1; at >= size; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
    return this;
  }

  public JsonText bool(boolean value) {
    return raw(value ? "true" : "false");
  }

  /** A string, or {@code null}. */
  public JsonText string(@Nullable String text) {
    if (text == null) {
      return raw("null");
    }
    int length = text.length();
    reserve(length * 6 + 2);
    byte[] out = bytes;
    int at = size;
    out[at++] = '"';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
        out[at++] = (byte) c;
      } else if (c < 0x80) {
        at = escape(out, at, c);
      } else if (c < 0x800) {
        out[at++] = (byte) (0xC0 | c >> 6);
        out[at++] = (byte) (0x80 | c & 0x3F);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        int point = Character.toCodePoint(c, text.charAt(++i));
        out[at++] = (byte) (0xF0 | point >> 18);
        out[at++] = (byte) (0x80 | point >> 12 & 0x3F);
        out[at++] = (byte) (0x80 | point >> 6 & 0x3F);
        out[at++] = (byte) (0x80 | point & 0x3F);
      } else {
        // Half a surrogate pair is no character: UTF-8 has none for it.
        char written = Character.isSurrogate(c) ? '\uFFFD' : c;
        out[at++] = (byte) (0xE0 | written >> 12);
        out[at++] = (byte) (0x80 | written >> 6 & 0x3F);
        out[at++] = (byte) (0x80 | written & 0x3F);
      }
    }
    out[at++] = '"';
    size = at;
    return this;
  }

  private static int escape(byte[] out, int start, char c) {
    int at = start;
    out[at++] = '\\';
    switch (c) {
      case '"', '\\' -> out[at++] = (byte) c;
      case '\b' -> out[at++] = 'b';
      case '\t' -> out[at++] = 't';
      case '\n' -> out[at++] = 'n';
      case '\f' -> out[at++] = 'f';
      case '\r' -> out[at++] = 'r';
      default -> {
        out[at++] = 'u';
        out[at++] = '0';
        out[at++] = '0';
        out[at++] = HEX[c >> 4];
        out[at++] = HEX[c & 15];
      }
    }
    return at;
  }

  /** Any value of {@link JsonReading}, plain Java numbers and collections, or null. */
  public JsonText value(@Nullable Object value) {
    return switch (value) {
      case null -> raw("null");
      case JsonNull ignored -> raw("null");
      case String text -> string(text);
      case BigDecimal number -> raw(number.toPlainString());
      case Boolean bool -> bool(bool);
      case Long number -> number(number);
      case Integer number -> number(number);
      case Number number -> raw(new BigDecimal(number.toString()).toPlainString());
      case Map<?, ?> map -> object(map);
      case Collection<?> list -> array(list);
      case Enum<?> name -> string(name.toString());
      default -> string(value.toString());
    };
  }

  private JsonText object(Map<?, ?> map) {
    if (map.isEmpty()) {
      return raw("{}");
    }
    String[] keys = new String[map.size()];
    int count = 0;
    for (Object key : map.keySet()) {
      keys[count++] = (String) key;
    }
    Arrays.sort(keys);
    char before = '{';
    for (String key : keys) {
      one(before).string(key);
      one(':').value(map.get(key));
      before = ',';
    }
    return one('}');
  }

  private JsonText array(Collection<?> list) {
    if (list.isEmpty()) {
      return raw("[]");
    }
    char before = '[';
    for (Object item : list) {
      one(before).value(item);
      before = ',';
    }
    return one(']');
  }

  private JsonText one(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
    return this;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
