package app.meshguard.decision.proxy;

import app.meshguard.decision.json.InvalidJson;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A path that means the same to the policy and to every target. Each path has one text that is
 * decided on and one that is sent, and either follows from the other; what servers read in
 * different ways (dot segments, doubled or encoded slashes, backslashes, path parameters, double
 * encoding, control characters) is refused.
 *
 * @param decided decoded, without the slash before it: what policies and routes see
 * @param sent encoded, with the slash before it
 */
record CanonicalPath(String decided, String sent) {
  private static final String UNRESERVED = "-._~!$&'()*+,=:@/";
  private static final int MAX_LENGTH = 8192;

  /** The path is not one that we pass on; answered 400. */
  static InvalidJson refused(String why) {
    return new InvalidJson("The path is refused: " + why + ".");
  }

  /**
   * Reads the part behind {@code /proxy}, as it came.
   *
   * @throws InvalidJson when it is refused
   */
  static CanonicalPath of(String raw) {
    if (raw.length() > MAX_LENGTH) {
      throw refused("it is longer than " + MAX_LENGTH + " characters");
    }
    String decoded = decode(raw);
    if (!decoded.startsWith("/")) {
      throw refused("it does not begin with a slash");
    }
    if (decoded.contains("//")) {
      throw refused("it has two slashes in a row");
    }
    for (String segment : decoded.split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        throw refused("it has a dot segment");
      }
    }
    return new CanonicalPath(decoded.substring(1), encode(decoded));
  }

  private static String decode(String raw) {
    ByteBuffer bytes = ByteBuffer.allocate(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        int value =
            i + 2 < raw.length() ? hex(raw.charAt(i + 1)) * 16 + hex(raw.charAt(i + 2)) : -1;
        if (value < 0 || hex(raw.charAt(i + 2)) < 0) {
          throw refused("it has a percent sign that encodes nothing");
        }
        refuseEncoded(value);
        bytes.put((byte) value);
        i += 2;
      } else {
        refuseLiteral(c);
        bytes.put((byte) c);
      }
    }
    try {
      CharBuffer text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(bytes.flip());
      return withoutControls(text.toString());
    } catch (CharacterCodingException e) {
      throw refused("it is not UTF-8");
    }
  }

  private static void refuseEncoded(int value) {
    switch (value) {
      case '/' -> throw refused("it has an encoded slash");
      case '\\' -> throw refused("it has an encoded backslash");
      case '.' -> throw refused("it has an encoded dot");
      case '%' -> throw refused("it is encoded twice");
      case ';' -> throw refused("it has a path parameter");
      default -> {
        if (value < 0x20 || value == 0x7F) {
          throw refused("it has a control character");
        }
      }
    }
  }

  private static void refuseLiteral(char c) {
    if (c == '\\') {
      throw refused("it has a backslash");
    }
    if (c == ';') {
      throw refused("it has a path parameter");
    }
    if (c <= 0x20 || c >= 0x7F) {
      throw refused("it has a character that must be encoded");
    }
  }

  private static String withoutControls(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        throw refused("it has a control character");
      }
    }
    return text;
  }

  private static String encode(String decoded) {
    StringBuilder out = new StringBuilder(decoded.length());
    for (byte b : decoded.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
      if (plain) {
        out.append(c);
      } else {
        out.append('%')
            .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
            .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
    return out.toString();
  }

  private static int hex(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
