package app.meshguard.wire;

import java.security.SecureRandom;

/** Random text and numbers in the characters 0-9 A-Z a-z. */
public final class Base62 {
  private static final char[] DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();
  private static final SecureRandom RANDOM = new SecureRandom();

  private Base62() {}

  /** Text of {@code length} characters, each drawn evenly from 62: 5.95 bits of entropy each. */
  public static String random(int length) {
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = DIGITS[RANDOM.nextInt(62)];
    }
    return new String(text);
  }

  /** Whether all characters from {@code start} to before {@code end} are digits. */
  static boolean is(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')) {
        return false;
      }
    }
    return true;
  }

  /** {@code number}, read as unsigned, in exactly {@code width} digits, the highest cut off. */
  public static String fixed(long number, int width) {
    char[] text = new char[width];
    long rest = number;
    for (int i = width - 1; i >= 0; i--) {
      text[i] = DIGITS[(int) Long.remainderUnsigned(rest, 62)];
      rest = Long.divideUnsigned(rest, 62);
    }
    return new String(text);
  }
}
