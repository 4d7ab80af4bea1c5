package app.meshguard.policy.pattern;

/** A text in which {@code *} stands for any run of characters, also none. */
public final class Glob {
  /**
   * Stands for a {@code *} of the narrower pattern when two are compared: a letter that no pattern
   * can contain, so that only a {@code *} of the broader one takes it.
   */
  static final char ANY = '\uFFFF';

  private final String text;
  private final int firstStar;
  private final int lastStar;

  Glob(String written) {
    this.text = collapse(written);
    this.firstStar = text.indexOf('*');
    this.lastStar = text.lastIndexOf('*');
  }

  private static String collapse(String written) {
    String text = written;
    while (text.contains("**")) {
      text = text.replace("**", "*");
    }
    return text;
  }

  /** Makes the glob of a text. */
  public static Glob of(String written) {
    return new Glob(written);
  }

  /** The text with runs of stars written as one. */
  public String text() {
    return text;
  }

  boolean isLiteral() {
    return firstStar < 0;
  }

  boolean isEverything() {
    return text.equals("*");
  }

  boolean endsInLiteral() {
    return !text.isEmpty() && lastStar != text.length() - 1;
  }

  String literalPrefix() {
    return firstStar < 0 ? text : text.substring(0, firstStar);
  }

  String literalSuffix() {
    return text.substring(lastStar + 1);
  }

  /** The longest literal between two stars. */
  String longestInnerLiteral() {
    String longest = "";
    int start = firstStar + 1;
    while (start <= lastStar) {
      int end = text.indexOf('*', start);
      if (end - start > longest.length()) {
        longest = text.substring(start, end);
      }
      start = end + 1;
    }
    return longest;
  }

  int stars() {
    return (int) text.chars().filter(c -> c == '*').count();
  }

  /** Whether the whole of the subject is matched. */
  public boolean matches(String subject) {
    return matches(subject, 0, subject.length());
  }

  boolean matches(String subject, int from, int to) {
    if (firstStar < 0) {
      return text.length() == to - from && subject.startsWith(text, from);
    }
    int tail = text.length() - lastStar - 1;
    if (to - from < firstStar + tail
        || !subject.regionMatches(from, text, 0, firstStar)
        || !subject.regionMatches(to - tail, text, lastStar + 1, tail)) {
      return false;
    }
    return firstStar == lastStar || matchesMiddle(subject, from + firstStar, to - tail);
  }

  /** Takes each literal between two stars at its first place: nothing earlier can be lost by it. */
  private boolean matchesMiddle(String subject, int from, int to) {
    int at = from;
    int start = firstStar + 1;
    while (start <= lastStar) {
      int end = text.indexOf('*', start);
      int found = find(subject, at, to, start, end);
      if (found < 0) {
        return false;
      }
      at = found + end - start;
      start = end + 1;
    }
    return true;
  }

  /** Where the part of this text first stands in the subject; -1 when it does not. */
  private int find(String subject, int from, int to, int start, int end) {
    for (int at = from; at + end - start <= to; at++) {
      if (subject.regionMatches(at, text, start, end - start)) {
        return at;
      }
    }
    return -1;
  }

  /** The text with each star replaced by a letter that only a star matches. */
  String withFreshLetters() {
    return text.replace('*', ANY);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Glob glob && glob.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
