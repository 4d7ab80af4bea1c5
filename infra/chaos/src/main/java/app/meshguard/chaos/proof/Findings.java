package app.meshguard.chaos.proof;

import java.util.List;

/**
 * How many answered decisions there were, and how many of them the log does not bear out.
 *
 * @param answered decisions that callers were told of
 * @param recorded decisions in the log
 * @param lost told, and not in the log
 * @param twice in the log more than once
 * @param contradictory told otherwise than recorded
 * @param passed calls that reached a target without a recorded allow
 * @param outcomesTwice decisions with more than one outcome
 * @param examples some of what is wrong, by trace id
 */
public record Findings(
    int answered,
    int recorded,
    int lost,
    int twice,
    int contradictory,
    int passed,
    int outcomesTwice,
    List<String> examples) {
  public Findings {
    examples = List.copyOf(examples);
  }

  public boolean clean() {
    return lost == 0 && twice == 0 && contradictory == 0 && passed == 0 && outcomesTwice == 0;
  }
}
