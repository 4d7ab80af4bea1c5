package app.meshguard.policy.authoring.lint;

import app.meshguard.policy.pattern.ActionPattern;
import java.util.List;

/** Whether some action is matched by two patterns. When in doubt, it says so. */
final class Overlap {
  private Overlap() {}

  static boolean of(List<ActionPattern> some, List<ActionPattern> others) {
    return some.stream().anyMatch(a -> others.stream().anyMatch(b -> of(a, b)));
  }

  private static boolean of(ActionPattern a, ActionPattern b) {
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

  /** Row by row over the two texts: which pairs of places one subject can reach. */
  private static boolean globs(String a, String b) {
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
