package app.meshguard.bench.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.bench.claims.ClaimsCall;
import app.meshguard.policy.AgentPolicies;
import app.meshguard.policy.Call;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManyRulesTest {
  @Test
  void aThirdHasAWildcardInsideAPart() {
    List<String> rules =
        ManyRules.documents(ManyRules.COUNT).stream()
            .flatMap(String::lines)
            .filter(line -> line.startsWith("- {action"))
            .toList();

    assertEquals(ManyRules.COUNT, rules.size());
    long wild =
        rules.stream()
            .filter(rule -> rule.contains("read:*_") || rule.contains("*:order_"))
            .count();
    assertEquals(ManyRules.COUNT / 3.0, wild, 1);
  }

  @Test
  void theClaimsCallsAreDecidedAsWithoutThem() {
    EngineState.verify(agent(0));
    EngineState.verify(agent(ManyRules.COUNT));
  }

  @Test
  void halfOfTheOtherCallsMeetOneOfTheMany() {
    AgentPolicies alone = agent(0);
    AgentPolicies many = agent(ManyRules.COUNT);
    List<Call> others =
        Arrays.stream(EngineState.calls())
            .filter(
                call -> ClaimsCall.MIX.stream().noneMatch(c -> c.action().equals(call.action())))
            .toList();

    long met =
        others.stream()
            .filter(call -> !many.evaluate(call).message().equals(alone.evaluate(call).message()))
            .count();

    assertTrue(others.stream().map(Call::action).distinct().count() > 1_500);
    assertEquals(others.size() / 2, met, others.size() / 5);
  }

  private static AgentPolicies agent(int moreRules) {
    return EngineState.claimsAgent(EngineState.compile(moreRules));
  }
}
