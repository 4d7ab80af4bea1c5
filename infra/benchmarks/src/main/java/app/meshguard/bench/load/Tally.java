package app.meshguard.bench.load;

import org.jspecify.annotations.Nullable;

/** Phases of the same kind, added up. */
final class Tally {
  private @Nullable Measured sum;

  Measured add(Measured phase) {
    sum = sum == null ? phase : sum.and(phase);
    return phase;
  }

  Measured sum() {
    if (sum == null) {
      throw new IllegalStateException("Nothing was measured.");
    }
    return sum;
  }
}
