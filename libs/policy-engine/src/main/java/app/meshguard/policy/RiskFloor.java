package app.meshguard.policy;

import app.meshguard.policy.pattern.ActionPattern;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an agent of a risk level has to put up with, whatever its policies allow.
 *
 * @param callsPerMinute how many calls it may make; null for no limit
 * @param requireApproval patterns of what a human has to approve, like a rule's
 * @param except patterns of what passes all the same
 * @param exactRuleSuffices whether a rule whose pattern is that very action needs no approval
 */
public record RiskFloor(
    @Nullable Integer callsPerMinute,
    List<String> requireApproval,
    List<String> except,
    boolean exactRuleSuffices) {
  /** Asks for nothing. */
  public static final RiskFloor NONE = new RiskFloor(null, List.of(), List.of(), false);

  /** How many calls a minute an agent may make at most, in any tenant. */
  public static final int MOST_CALLS = 1_000_000;

  public RiskFloor {
    requireApproval = List.copyOf(requireApproval);
    except = List.copyOf(except);
    if (callsPerMinute != null && (callsPerMinute < 1 || callsPerMinute > MOST_CALLS)) {
      throw new IllegalArgumentException(
          "the calls per minute must be a whole number from 1 to " + MOST_CALLS);
    }
    Stream.concat(requireApproval.stream(), except.stream()).forEach(ActionPattern::check);
  }
}
