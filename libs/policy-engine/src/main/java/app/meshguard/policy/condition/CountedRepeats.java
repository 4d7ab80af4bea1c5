package app.meshguard.policy.condition;

/** How much the counted repeats of a regular expression make of it. */
final class CountedRepeats {
  private CountedRepeats() {}

  /** The product of the upper counts of all {@code {n,m}}: an upper bound of what nesting does. */
  static long product(String expression) {
    long product = 1;
    int at = expression.indexOf('{');
    while (at >= 0 && product <= Integer.MAX_VALUE) {
      int end = expression.indexOf('}', at);
      if (end < 0) {
        return product;
      }
      product *= Math.max(1, largest(expression.substring(at + 1, end)));
      at = expression.indexOf('{', at + 1);
    }
    return product;
  }

  private static long largest(String counts) {
    long largest = 0;
    for (String count : counts.split(",", -1)) {
      if (!count.isEmpty() && count.length() <= 6 && count.chars().allMatch(Character::isDigit)) {
        largest = Math.max(largest, Long.parseLong(count));
      }
    }
    return largest;
  }
}
