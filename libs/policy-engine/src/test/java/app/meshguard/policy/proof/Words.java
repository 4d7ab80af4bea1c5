package app.meshguard.policy.proof;

import java.util.List;

/**
 * The words of a world that was made up. They mean nothing, so that the same choices with other
 * words make a world in which everything is decided alike.
 */
record Words(
    List<String> letters,
    List<String> attributes,
    List<String> tags,
    List<String> policies,
    String rule,
    String agent) {
  static final Words USUAL =
      new Words(
          List.of("x", "y", "z"),
          List.of("a", "b", "c"),
          List.of("t", "u", "v"),
          List.of("p-one", "p-two", "q"),
          "r",
          "bot");

  /** Other words, which stand to one another and to the values as the usual ones do. */
  static final Words OTHER =
      new Words(
          List.of("k", "l", "m"),
          List.of("kind", "sum", "zone"),
          List.of("l", "m", "n"),
          List.of("alpha", "beta", "gamma-9"),
          "rule-",
          "agent-of-ours");
}
