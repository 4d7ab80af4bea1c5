package app.meshguard.policy.value;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what somebody probably meant to write. */
public final class NearestName {
  private NearestName() {}

  /** The known name with the fewest edits from what was written; null when none is near. */
  public static @Nullable String among(String written, Collection<String> known) {
    if (written.length() > 60) {
      return null;
    }
    String plain = plain(written);
    String best = null;
    int bestDistance = Math.max(2, plain.length() / 3) + 1;
    for (String name : known) {
      String other = plain(name);
      if (Math.abs(other.length() - plain.length()) >= bestDistance) {
        continue;
      }
      int distance = distance(plain, other);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = name;
      }
    }
    return best;
  }

  /**
   * The known name that differs by one letter, by two that changed places, or of longer names by
   * two: near enough to be a slip, where a name that nobody knows may be meant.
   */
  public static @Nullable String slipOf(String written, Collection<String> known) {
    String plain = plain(written);
    if (plain.length() < 4 || written.length() > 60) {
      return null;
    }
    for (String name : known) {
      if (isSwapped(plain, plain(name))) {
        return name;
      }
    }
    String nearest = among(written, known);
    int most = plain.length() < 8 ? 1 : 2;
    return nearest != null && distance(plain, plain(nearest)) <= most ? nearest : null;
  }

  private static boolean isSwapped(String a, String b) {
    return a.length() == b.length()
        && distance(a, b) == 2
        && a.chars().sorted().boxed().toList().equals(b.chars().sorted().boxed().toList());
  }

  /** {@code ; did you mean 'x'?}, or what there is to choose from. */
  public static String hint(String written, Collection<String> known) {
    return hintAt(among(written, known), known);
  }

  /**
   * The same where the nearest name was looked for already.
   *
   * @param nearest null where none is near
   */
  public static String hintAt(@Nullable String nearest, Collection<String> known) {
    return nearest == null
        ? "; known: " + String.join(", ", known)
        : "; did you mean '" + nearest + "'?";
  }

  private static String plain(String name) {
    return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int swap = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + swap);
      }
      int[] spare = previous;
      previous = current;
      current = spare;
    }
    return previous[b.length()];
  }
}
