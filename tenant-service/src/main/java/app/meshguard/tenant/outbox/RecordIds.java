package app.meshguard.tenant.outbox;

import java.util.concurrent.ThreadLocalRandom;

/** Names of records. */
final class RecordIds {
  private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

  private RecordIds() {}

  /** The prefix and a ULID, as the ids of decisions: sorts by time, and is no secret. */
  static String make(String prefix, long millis) {
    char[] text = new char[26];
    digits(text, 0, 10, millis);
    ThreadLocalRandom random = ThreadLocalRandom.current();
    digits(text, 10, 8, random.nextLong());
    digits(text, 18, 8, random.nextLong());
    return prefix + new String(text);
  }

  private static void digits(char[] text, int from, int count, long bits) {
    long rest = bits;
    for (int i = from + count - 1; i >= from; i--) {
      text[i] = DIGITS[(int) (rest & 31)];
      rest >>>= 5;
    }
  }
}
