package app.meshguard.policy.condition;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds a text that a pattern matches. Of a regular expression it reads what policies use:
 * literals, classes, groups, alternatives and counts; what it thinks of is always tried.
 */
final class SampleText {
  private final String expression;
  private int at;

  private SampleText(String expression) {
    this.expression = expression;
  }

  /** At most one text, and none where none comes to mind. */
  static List<String> of(TextPattern pattern) {
    Stream<@Nullable String> candidates =
        switch (pattern) {
          case TextPattern.WholeGlob glob -> ofGlob(glob.written());
          case PathGlob glob -> ofGlob(glob.written());
          case TextPattern.Regex regex ->
              Stream.of(new SampleText(regex.pattern().pattern()).read());
        };
    return candidates
        .flatMap(Stream::ofNullable)
        .filter(text -> pattern.test(text) == Truth.TRUE)
        .limit(1)
        .toList();
  }

  private static Stream<@Nullable String> ofGlob(String glob) {
    return Stream.of(
        glob.replace("**/", "").replace("*", "x"),
        glob.replaceAll("\\*+", "x"),
        glob.replace("*", ""));
  }

  private @Nullable String read() {
    String text = alternatives();
    return at == expression.length() ? text : null;
  }

  /** The first of the alternatives; the others are read and left. */
  private @Nullable String alternatives() {
    String first = sequence();
    while (first != null && at < expression.length() && expression.charAt(at) == '|') {
      at++;
      if (sequence() == null) {
        return null;
      }
    }
    return first;
  }

  private @Nullable String sequence() {
    StringBuilder text = new StringBuilder();
    while (at < expression.length() && "|)".indexOf(expression.charAt(at)) < 0) {
      String atom = atom();
      if (atom == null) {
        return null;
      }
      text.append(atom.repeat(times()));
    }
    return text.toString();
  }

  private @Nullable String atom() {
    char c = expression.charAt(at++);
    return switch (c) {
      case '^', '$' -> "";
      case '.' -> "x";
      case '\\' -> escaped();
      case '[' -> member();
      case '(' -> group();
      default -> "*+?{".indexOf(c) < 0 ? String.valueOf(c) : null;
    };
  }

  private @Nullable String escaped() {
    if (at >= expression.length()) {
      return null;
    }
    char c = expression.charAt(at++);
    return switch (c) {
      case 'd' -> "0";
      case 'w' -> "x";
      case 's' -> " ";
      case 'b', 'A', 'z' -> "";
      case 'D', 'W', 'S' -> "-";
      default -> Character.isLetterOrDigit(c) ? null : String.valueOf(c);
    };
  }

  /** The first of a class; of a negated one whatever is not in it. */
  private @Nullable String member() {
    boolean negated = at < expression.length() && expression.charAt(at) == '^';
    int start = negated ? at + 1 : at;
    int end = expression.indexOf(']', start + 1);
    if (end < 0) {
      return null;
    }
    String written = expression.substring(at - 1, end + 1);
    at = start;
    String first =
        expression.charAt(at) == '\\' ? afterBackslash() : String.valueOf(expression.charAt(at));
    at = end + 1;
    return negated ? outside(written) : first;
  }

  private static @Nullable String outside(String negatedClass) {
    try {
      Pattern pattern = Pattern.compile(negatedClass);
      return Stream.of("x", "0", "A", "-", "_").filter(pattern::matches).findFirst().orElse(null);
    } catch (PatternSyntaxException e) {
      return null;
    }
  }

  private @Nullable String afterBackslash() {
    at++;
    return escaped();
  }

  private @Nullable String group() {
    if (expression.startsWith("?:", at)) {
      at += 2;
    } else if (at < expression.length() && expression.charAt(at) == '?') {
      return null;
    }
    String inside = alternatives();
    return at < expression.length() && expression.charAt(at++) == ')' ? inside : null;
  }

  /** How often what was read has to stand there at least. */
  private int times() {
    int times = 1;
    if (at < expression.length() && "*+?".indexOf(expression.charAt(at)) >= 0) {
      times = expression.charAt(at++) == '+' ? 1 : 0;
    } else if (at < expression.length() && expression.charAt(at) == '{') {
      int end = expression.indexOf('}', at);
      String count = end < 0 ? "" : expression.substring(at + 1, end).split(",", 2)[0];
      times = count.matches("[0-9]{1,3}") ? Integer.parseInt(count) : 1;
      at = end < 0 ? at + 1 : end + 1;
    }
    if (at < expression.length() && expression.charAt(at) == '?') {
      at++;
    }
    return times;
  }
}
