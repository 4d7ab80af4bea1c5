package app.meshguard.policy.pattern;

import org.jspecify.annotations.Nullable;

/**
 * A pattern of actions, {@code verb:resource}. One that covers below also matches what lies under
 * its resource after a dot or a slash: how rules that restrict read their patterns.
 */
public final class ActionPattern {
  private final Glob verb;
  private final Glob resource;
  private final boolean coversBelow;
  private final String text;
  private final int literals;
  private final int stars;

  private ActionPattern(Glob verb, Glob resource, boolean restricts) {
    this.verb = verb;
    this.resource = resource;
    this.coversBelow = restricts && resource.endsInLiteral();
    this.text = verb.text() + ":" + resource.text();
    this.stars = verb.stars() + resource.stars();
    this.literals = verb.text().length() + resource.text().length() - stars;
  }

  /** What is wrong with a pattern, or null. */
  public static @Nullable String problemOf(String written) {
    if (written.isEmpty()) {
      return "the pattern is empty; write verb:resource, or '*' for every action";
    }
    if (written.startsWith(":")) {
      return "the pattern '" + written + "' has no verb; write '*" + written + "' for every verb";
    }
    if (written.length() > 512) {
      return "the pattern is longer than 512 characters";
    }
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (Character.isWhitespace(c) || Character.isISOControl(c) || c == Glob.ANY) {
        return "the pattern '" + written + "' has a blank or a control character; remove it";
      }
    }
    return null;
  }

  /**
   * Refuses a text that is no pattern.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static void check(String written) {
    String problem = problemOf(written);
    if (problem != null) {
      throw new IllegalArgumentException(problem);
    }
  }

  /** A pattern that matches exactly what it says: of a rule that allows, or only adds audit. */
  public static ActionPattern exactly(String written) {
    return parse(written, false);
  }

  /** A pattern that covers what lies below it too: of a rule that restricts. */
  public static ActionPattern withWhatLiesBelow(String written) {
    return parse(written, true);
  }

  private static ActionPattern parse(String written, boolean restricts) {
    int colon = written.indexOf(':');
    return colon < 0
        ? new ActionPattern(Glob.of(written), Glob.of("*"), restricts)
        : new ActionPattern(
            Glob.of(written.substring(0, colon)), Glob.of(written.substring(colon + 1)), restricts);
  }

  /** The pattern in its one spelling: {@code read} is {@code read:*}. */
  public String text() {
    return text;
  }

  Glob verb() {
    return verb;
  }

  Glob resource() {
    return resource;
  }

  boolean coversBelow() {
    return coversBelow;
  }

  /** Whether the pattern is, word for word, the action. */
  public boolean isWritten(String action) {
    return stars == 0
        && (text.equals(action) || (resource.text().isEmpty() && verb.text().equals(action)));
  }

  public boolean matches(String action) {
    int colon = action.indexOf(':');
    return colon < 0
        ? verb.matches(action) && matchesResource(action, action.length())
        : verb.matches(action, 0, colon) && matchesResource(action, colon + 1);
  }

  /** Whether what starts at the offset is a resource of the pattern. */
  boolean matchesResource(String subject, int from) {
    return resource.matches(subject, from, subject.length())
        || (coversBelow && liesBelow(subject, from));
  }

  private boolean liesBelow(String subject, int from) {
    for (int i = from; i < subject.length(); i++) {
      char c = subject.charAt(i);
      if ((c == '.' || c == '/') && resource.matches(subject, from, i)) {
        return true;
      }
    }
    return false;
  }

  public boolean isSameAs(ActionPattern other) {
    return text.equals(other.text);
  }

  /** Everything this matches the other matches too, and not the reverse. */
  public boolean isStrictlyNarrowerThan(ActionPattern other) {
    return isWithin(other) && !other.isWithin(this);
  }

  /** Everything this matches the other matches too. */
  public boolean isWithin(ActionPattern other) {
    return literals >= other.literals
        && other.verb.matches(verb.withFreshLetters())
        && resourceIsWithin(other);
  }

  private boolean resourceIsWithin(ActionPattern other) {
    if (other.resource.isEverything()) {
      return true;
    }
    String mine = resource.withFreshLetters();
    return other.matchesResource(mine, 0)
        && (!coversBelow
            || (other.matchesResource(mine + '.' + Glob.ANY, 0)
                && other.matchesResource(mine + '/' + Glob.ANY, 0)));
  }

  /**
   * Compares so that whatever is strictly narrower comes first: a narrower pattern has at least the
   * literal characters of the broader one, and with equally many, fewer stars.
   */
  public int compareBreadth(ActionPattern other) {
    int byLiterals = Integer.compare(other.literals, literals);
    return byLiterals != 0 ? byLiterals : Integer.compare(stars, other.stars);
  }

  @Override
  public String toString() {
    return text;
  }
}
