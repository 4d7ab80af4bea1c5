package app.meshguard.policy.condition;

import app.meshguard.policy.pattern.Glob;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** What a text is matched against. */
sealed interface TextPattern permits TextPattern.WholeGlob, TextPattern.Regex, PathGlob {
  int MAX_REGEX = 512;

  /** How many letters a regular expression may have as it is compiled. */
  int MAX_WRITTEN_OUT = 2_000;

  Truth test(String text);

  /** The pattern as a policy has it. */
  String written();

  /**
   * The pattern of {@code MATCHES}: {@code /re/} or a glob.
   *
   * @throws IllegalArgumentException saying what to write instead
   */
  static TextPattern matching(String written) {
    boolean regex = written.length() > 1 && written.startsWith("/") && written.endsWith("/");
    return regex ? regex(written) : new WholeGlob(Glob.of(written));
  }

  private static TextPattern regex(String written) {
    String expression = written.substring(1, written.length() - 1);
    if (expression.length() > MAX_REGEX) {
      throw new IllegalArgumentException(
          "the regular expression is longer than " + MAX_REGEX + " characters; shorten it");
    }
    if (expression.chars().noneMatch(c -> "\\^$.|?*+()[]{}".indexOf(c) >= 0)) {
      throw new IllegalArgumentException(
          "'"
              + written
              + "' is a regular expression without any metacharacter; for a path use MATCHES_PATH,"
              + " for a part of a text CONTAINS");
    }
    if (WrittenOut.size(expression) > MAX_WRITTEN_OUT) {
      throw new IllegalArgumentException(
          "the regular expression has more than 2,000 letters with its counted repeats written out;"
              + " use smaller counts, or * and +");
    }
    try {
      return new Regex(Pattern.compile(expression));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'" + written + "' is not a regular expression in RE2 syntax: " + e.getDescription(), e);
    }
  }

  static TextPattern path(String written) {
    return new PathGlob(written);
  }

  /** {@code *} is any run of characters. */
  record WholeGlob(Glob glob) implements TextPattern {
    @Override
    public Truth test(String text) {
      return Truth.of(glob.matches(text));
    }

    @Override
    public String written() {
      return glob.text();
    }
  }

  /** Unanchored. */
  record Regex(Pattern pattern) implements TextPattern {
    @Override
    public Truth test(String text) {
      return Truth.of(pattern.matcher(text).find());
    }

    @Override
    public String written() {
      return "/" + pattern.pattern() + "/";
    }
  }
}
