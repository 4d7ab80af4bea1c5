package app.meshguard.policy.authoring.lint;

import app.meshguard.policy.pattern.ActionPattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether some action is matched by two patterns. Looking costs the product of their lengths, so
 * that it is only done so often; from then on nothing is known.
 */
final class Overlap {
  private long left = 20_000_000;

  /** Null where it is not known. */
  @Nullable Boolean of(List<ActionPattern> some, List<ActionPattern> others) {
    for (ActionPattern a : some) {
      for (ActionPattern b : others) {
        if (left <= 0) {
          return null;
        }
        if (of(a, b)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean of(ActionPattern a, ActionPattern b) {
    return globs(verb(a), verb(b))
        && (globs(resource(a), resource(b))
            || globs(resource(a) + ".*", resource(b))
            || globs(resource(a) + "/*", resource(b))
            || globs(resource(a), resource(b) + ".*")
            || globs(resource(a), resource(b) + "/*"));
  }

  private static String verb(ActionPattern pattern) {
    return pattern.text().substring(0, pattern.text().indexOf(':'));
  }

  private static String resource(ActionPattern pattern) {
    return pattern.text().substring(pattern.text().indexOf(':') + 1);
  }

  /** Whether what stands before the first star, or after the last, cannot be the same. */
  private static boolean differ(String a, String b) {
    for (int i = 0; i < Math.min(a.length(), b.length()); i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x == '*' || y == '*') {
        break;
      }
      if (x != y) {
        return true;
      }
    }
    return false;
  }

  /** Row by row over the two texts: which pairs of places one subject can reach. */
  private boolean globs(String a, String b) {
    if (differ(a, b)) {
      return false;
    }
    left -= (long) a.length() * b.length();
    boolean[] row = new boolean[b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      boolean[] next = new boolean[b.length() + 1];
      for (int j = 0; j <= b.length(); j++) {
        boolean starA = i > 0 && a.charAt(i - 1) == '*';
        boolean starB = j > 0 && b.charAt(j - 1) == '*';
        boolean here = i == 0 && j == 0;
        here |= i > 0 && row[j] && (starA || starB);
        here |= j > 0 && next[j - 1] && (starA || starB);
        here |= i > 0 && j > 0 && row[j - 1] && a.charAt(i - 1) == b.charAt(j - 1);
        next[j] = here;
      }
      row = next;
    }
    return row[b.length()];
  }
}
