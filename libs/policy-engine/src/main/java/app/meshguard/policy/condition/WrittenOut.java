package app.meshguard.policy.condition;

import java.util.ArrayDeque;

/**
 * How long a regular expression is with its counted repeats written out, which is how it is
 * compiled: {@code (ab{3}){2}} has eight letters.
 */
final class WrittenOut {
  private static final long ENDLESS = 1_000_000_000L;

  private final String expression;
  private final ArrayDeque<Long> outside = new ArrayDeque<>();
  private int at;
  private long sum;

  /** The size of what a repeat that comes next would repeat. */
  private long last;

  private WrittenOut(String expression) {
    this.expression = expression;
  }

  /** The number of letters, classes and the like; of what is no regular expression, some number. */
  static long size(String expression) {
    WrittenOut reading = new WrittenOut(expression);
    while (reading.at < expression.length()) {
      reading.next();
    }
    while (!reading.outside.isEmpty()) {
      reading.close();
    }
    return reading.sum;
  }

  private void next() {
    char c = expression.charAt(at++);
    switch (c) {
      case '(' -> {
        outside.push(sum);
        sum = 0;
        last = 0;
      }
      case ')' -> close();
      case '{' -> repeat();
      case '[' -> {
        skipClass();
        add(1);
      }
      case '\\' -> {
        skipEscape();
        add(1);
      }
      case '*', '+', '?', '|' -> {
        // nothing that is written more than once
      }
      default -> add(1);
    }
  }

  private void add(long size) {
    last = size;
    sum = Math.min(ENDLESS, sum + size);
  }

  private void close() {
    long group = Math.max(1, sum);
    sum = outside.isEmpty() ? 0 : outside.pop();
    add(group);
  }

  /** {@code {n}}, {@code {n,}} or {@code {n,m}}; any other brace is a letter. */
  private void repeat() {
    int end = expression.indexOf('}', at);
    long count = end < 0 ? -1 : largest(expression.substring(at, end));
    if (count < 0) {
      add(1);
      return;
    }
    at = end + 1;
    long whole = Math.min(ENDLESS, last * Math.max(1, count));
    sum = Math.min(ENDLESS, sum - last + whole);
    last = whole;
  }

  private static long largest(String counts) {
    long largest = -1;
    for (String count : counts.split(",", 2)) {
      if (!count.isEmpty()) {
        boolean number = count.length() <= 6 && count.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) {
          return -1;
        }
        largest = Math.max(largest, Long.parseLong(count));
      }
    }
    return largest;
  }

  /** After the bracket; one that comes first is a letter of the class. */
  private void skipClass() {
    if (at < expression.length() && expression.charAt(at) == '^') {
      at++;
    }
    int start = at;
    while (at < expression.length()) {
      char c = expression.charAt(at++);
      if (c == ']' && at - 1 > start) {
        return;
      }
      if (c == '\\') {
        at++;
      } else if (c == '[' && expression.startsWith(":", at)) {
        int end = expression.indexOf(":]", at + 1);
        at = end < 0 ? at : end + 2;
      }
    }
  }

  /** {@code \p{Greek}} and {@code \x{263A}} have braces that count nothing. */
  private void skipEscape() {
    char c = at < expression.length() ? expression.charAt(at++) : 0;
    if ((c == 'p' || c == 'P' || c == 'x') && expression.startsWith("{", at)) {
      int end = expression.indexOf('}', at);
      at = end < 0 ? at : end + 1;
    }
  }
}
