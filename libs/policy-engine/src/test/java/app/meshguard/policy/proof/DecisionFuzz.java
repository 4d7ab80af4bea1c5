package app.meshguard.policy.proof;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Worlds that a fuzzer makes up from what it sees the engine do: the engine decides as the naive
 * interpreter does, and so never allows what that denies.
 */
class DecisionFuzz {
  private static final int CALLS = 3;

  static Stream<byte[]> worlds() {
    return LongStream.range(0, 100)
        .mapToObj(
            seed -> {
              byte[] choices = new byte[600];
              new Random(seed).nextBytes(choices);
              return choices;
            });
  }

  @MethodSource("worlds")
  @FuzzTest(maxDuration = "3s")
  void decidesAsTheNaiveInterpreterDoes(byte[] choices) {
    int[] at = {0};
    NaiveComparisonTest.compare(
        bound -> at[0] == choices.length ? 0 : Byte.toUnsignedInt(choices[at[0]++]) % bound,
        CALLS,
        "fuzzed");
  }
}
