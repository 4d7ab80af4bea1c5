package app.meshguard.policy.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.meshguard.policy.AgentPolicies;
import app.meshguard.policy.Call;
import org.junit.jupiter.api.Test;

/**
 * The compiled engine decides policies and calls that were made up as the naive interpreter does:
 * 50,000 of them, a million in {@code test --full}. A failure names its seed: {@code
 * -Dmeshguard.proof.seed=…} makes that case the first.
 */
class NaiveComparisonTest {
  private static final int CALLS = 10;
  private static final int CASES = Boolean.getBoolean("meshguard.full") ? 1_000_000 : 50_000;

  @Test
  void decidesAsTheNaiveInterpreterDoes() {
    long start = Long.getLong("meshguard.proof.seed", 20261120L);
    System.out.println("comparing " + CASES + " cases with the naive interpreter, seed " + start);
    for (long seed = start; seed < start + CASES / CALLS; seed++) {
      compare(Choices.seeded(seed), CALLS, "seed " + seed);
    }
  }

  static void compare(Choices choices, int calls, String origin) {
    World world = new RandomWorld(choices, Words.USUAL, RandomWorld.Kind.EVERYTHING).make(calls);
    Engine engine = new Engine(choices);
    AgentPolicies compiled = engine.compile(world);
    for (Call call : world.calls()) {
      Outcome expected = new NaiveInterpreter(world, call).decide();
      Outcome actual = Engine.outcome(compiled.evaluate(call));
      if (!expected.agreesWith(actual)) {
        assertEquals(
            expected.toString(),
            actual.toString(),
            () ->
                origin
                    + ": "
                    + call
                    + "\n"
                    + world.agent()
                    + "\n"
                    + world.tenant()
                    + "\n"
                    + engine.shown());
      }
    }
  }
}
