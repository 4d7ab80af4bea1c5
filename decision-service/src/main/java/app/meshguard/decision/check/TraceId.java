package app.meshguard.decision.check;

import app.meshguard.decision.json.InvalidJson;
import io.vertx.core.MultiMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What ties the records of one piece of work together; opaque, kept as it came. */
public final class TraceId {
  private static final int MAX_LENGTH = 128;
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private TraceId() {}

  /**
   * From the headers; made when there is none.
   *
   * @throws InvalidJson when it is not 1 to 128 visible ASCII characters
   */
  public static String of(MultiMap headers) {
    String text = headers.get("X-MeshGuard-Trace-ID");
    if (text == null) {
      text = headers.get("X-Trace-ID");
    }
    if (text != null) {
      if (!isValid(text)) {
        throw new InvalidJson("the trace id must be 1 to 128 visible ASCII characters");
      }
      return text;
    }
    String parent = headers.get("traceparent");
    if (isTraceParent(parent)) {
      return parent.substring(3, 35);
    }
    return make();
  }

  /**
   * What caused the call, from {@code X-MeshGuard-Parent-ID} or the span in {@code traceparent}.
   *
   * @throws InvalidJson when it is not 1 to 128 visible ASCII characters
   */
  public static @Nullable String parent(MultiMap headers) {
    String text = headers.get("X-MeshGuard-Parent-ID");
    if (text != null) {
      if (!isValid(text)) {
        throw new InvalidJson("X-MeshGuard-Parent-ID must be 1 to 128 visible ASCII characters");
      }
      return text;
    }
    String trace = headers.get("traceparent");
    return isTraceParent(trace) ? trace.substring(36, 52) : null;
  }

  /** version-traceid-parentid-flags, of 2, 32, 16 and 2 hex digits */
  private static boolean isTraceParent(@Nullable String text) {
    return text != null
        && text.length() >= 55
        && text.charAt(2) == '-'
        && text.charAt(35) == '-'
        && text.charAt(52) == '-'
        && isValid(text);
  }

  /** Whether it can be the id of a trace, or of what caused a call. */
  public static boolean isValid(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= 0x20 || c >= 0x7F) {
        return false;
      }
    }
    return true;
  }

  /** 128 random bits in the form of W3C trace ids. */
  private static String make() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = random.nextLong();
    long low = random.nextLong() | 1;
    char[] text = new char[32];
    for (int i = 0; i < 16; i++) {
      text[15 - i] = HEX[(int) (high >>> 4 * i & 15)];
      text[31 - i] = HEX[(int) (low >>> 4 * i & 15)];
    }
    return new String(text);
  }
}
