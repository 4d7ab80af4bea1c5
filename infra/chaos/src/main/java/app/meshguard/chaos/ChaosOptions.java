package app.meshguard.chaos;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run is asked for.
 *
 * @param faults how many are injected
 * @param seed decides which, in which order, and for how long
 * @param limit no new fault after this time, even when fewer were injected
 * @param only names of the faults to deal; all when empty
 * @param planted a bug to run with, which must turn the run red
 */
public record ChaosOptions(
    int faults, long seed, Duration limit, List<String> only, @Nullable Planted planted) {
  private static final Duration NO_LIMIT = Duration.ofDays(1);

  public ChaosOptions {
    only = List.copyOf(only);
  }

  /** All faults, on services without a bug. */
  public static ChaosOptions of(int faults, long seed) {
    return new ChaosOptions(faults, seed, NO_LIMIT, List.of(), null);
  }

  /** The same, with this one fault alone. */
  public ChaosOptions only(String fault) {
    return new ChaosOptions(faults, seed, limit, List.of(fault), planted);
  }

  /** The same on services with a bug, with the faults that bring it to light. */
  public ChaosOptions planted(Planted bug) {
    return new ChaosOptions(faults, seed, limit, bug.faults(), bug);
  }
}
