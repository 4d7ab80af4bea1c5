package app.meshguard.decision.decide;

import java.util.concurrent.ThreadLocalRandom;

/** Names of entries. */
public final class DecisionIds {
  private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

  private DecisionIds() {}

  /** {@code dec_} and a ULID: sorts by time, 80 random bits. It is no secret. */
  static String decision(long millis) {
    return id("dec_", millis);
  }

  /** The same for what an agent reports. */
  public static String event(long millis) {
    return id("evt_", millis);
  }

  private static String id(String prefix, long millis) {
    char[] text = new char[30];
    prefix.getChars(0, 4, text, 0);
    digits(text, 4, 10, millis);
    ThreadLocalRandom random = ThreadLocalRandom.current();
    digits(text, 14, 8, random.nextLong());
    digits(text, 22, 8, random.nextLong());
    return new String(text);
  }

  private static void digits(char[] text, int from, int count, long bits) {
    long rest = bits;
    for (int i = from + count - 1; i >= from; i--) {
      text[i] = DIGITS[(int) (rest & 31)];
      rest >>>= 5;
    }
  }
}
