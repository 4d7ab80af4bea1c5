package app.meshguard.policy.condition;

import java.util.List;
import java.util.Locale;

/** The words that are operators, in any case. */
final class Keywords {
  static final List<String> ALL =
      List.of(
          "AND",
          "CONTAINS",
          "ENDS_WITH",
          "IN",
          "MATCHES",
          "MATCHES_PATH",
          "NOT",
          "OR",
          "STARTS_WITH");

  private Keywords() {}

  static boolean isOne(String word) {
    return ALL.contains(word.toUpperCase(Locale.ROOT));
  }
}
