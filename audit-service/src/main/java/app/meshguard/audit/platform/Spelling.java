package app.meshguard.audit.platform;

import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Finds what was probably meant by a name that is not known. */
final class Spelling {
  private Spelling() {}

  /** A sentence that names the nearest known name, or all of them when none is near. */
  static String nearest(String name, Set<String> known) {
    if (known.isEmpty()) {
      return "This path takes none.";
    }
    if (name.length() > 64) {
      return "Known are " + String.join(", ", new TreeSet<>(known)) + ".";
    }
    String wanted = name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    String best =
        known.stream()
            .min(Comparator.comparingInt((String k) -> distance(wanted, k)).thenComparing(k -> k))
            .orElseThrow();
    return distance(wanted, best) <= Math.max(2, best.length() / 2)
        ? "Did you mean " + best + "?"
        : "Known are " + String.join(", ", new TreeSet<>(known)) + ".";
  }

  /** Levenshtein distance, case aside. */
  private static int distance(String a, String known) {
    String b = known.toLowerCase(Locale.ROOT);
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
