package app.meshguard.policy.proof;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What patterns of actions match, and which of two is within the other. */
final class NaivePatterns {
  private NaivePatterns() {}

  static String normal(String pattern) {
    String whole = pattern.contains(":") ? pattern : pattern + ":*";
    return whole.replaceAll("\\*+", "*");
  }

  /** Tries words in which a star is nothing, a letter that no pattern has, or more of it. */
  static boolean within(String a, String aEffect, String b, String bEffect) {
    return words(normal(a))
        .flatMap(word -> Stream.of(word, word + ".~", word + "/~"))
        .filter(word -> matches(a, aEffect, word))
        .allMatch(word -> matches(b, bEffect, word));
  }

  private static Stream<String> words(String pattern) {
    int star = pattern.indexOf('*');
    return star < 0
        ? Stream.of(pattern)
        : Stream.of("", "~", "~~")
            .flatMap(run -> words(pattern.substring(0, star) + run + pattern.substring(star + 1)));
  }

  static boolean matches(String pattern, String effect, String action) {
    String[] parts = normal(pattern).split(":", 2);
    String below =
        effect.equals("allow") || parts[1].isEmpty() || parts[1].endsWith("*") ? "" : "([./].*)?";
    String regex =
        NaiveValues.globRegex(parts[0], "[^:]*")
            + ":"
            + NaiveValues.globRegex(parts[1], ".*")
            + below;
    return Pattern.matches("(?s)" + regex, action);
  }
}
