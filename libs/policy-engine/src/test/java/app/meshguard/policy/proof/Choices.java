package app.meshguard.policy.proof;

import java.util.List;
import java.util.Random;

/** Where a generator's choices come from: a seed, or the bytes of a fuzzer. */
interface Choices {
  /** A number from 0 to {@code bound - 1}. */
  int below(int bound);

  default boolean oneIn(int n) {
    return below(n) == 0;
  }

  default <T> T of(List<T> all) {
    return all.get(below(all.size()));
  }

  static Choices seeded(long seed) {
    return new Random(seed)::nextInt;
  }
}
