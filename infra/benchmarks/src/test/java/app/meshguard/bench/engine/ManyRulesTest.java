package app.meshguard.bench.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.policy.Call;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManyRulesTest {
  private static final int COUNT = 10_000;

  @Test
  void aThirdHasAWildcardInsideAPartAndATenthARegularExpression() {
    List<String> rules =
        ManyRules.documents(COUNT, 0).stream()
            .flatMap(String::lines)
            .filter(line -> line.startsWith("- {action"))
            .toList();

    assertEquals(COUNT, rules.size());
    long wild = IntStream.range(0, COUNT).filter(n -> ManyRules.rule(n).hasWildcard()).count();
    assertEquals(COUNT / 3.0, wild, 1);
    assertEquals(COUNT / 10, rules.stream().filter(rule -> rule.contains("MATCHES '/")).count());
  }

  @Test
  void sharesTheRulesOutAmongPolicies() {
    assertEquals(100, ManyRules.documents(2_000, 100).size());
    assertEquals(1, ManyRules.documents(2_000, 1).size());
    assertEquals(5, ManyRules.documents(COUNT, 0).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seed:personal-assistant",
        "seed:small-business-support",
        "seed:enterprise-claims",
        "seed:customer-support-access",
        "seed:tiered-guardrails",
        "rules:10",
        "rules:10000",
        "policies:1",
        "policies:100",
        "allow",
        "deny-by-default",
        "deep-condition"
      })
  void everySceneIsDecidedAsItMustBe(String scene) {
    assertNotNull(Scenes.named(scene));
  }

  @Test
  void noMemoryOfPastActionsHelps() {
    Call[] calls = Scenes.named("rules:10000").calls();

    assertTrue(Arrays.stream(calls).map(Call::action).distinct().count() > 1_500);
  }

  @Test
  void cedarDecidesTheSameCallsAlike() throws Exception {
    for (int rules : new int[] {0, 10, 200}) {
      CedarState cedar = new CedarState(rules);
      for (int i = 0; i < cedar.size(); i++) {
        cedar.ask(i);
      }
    }
  }
}
