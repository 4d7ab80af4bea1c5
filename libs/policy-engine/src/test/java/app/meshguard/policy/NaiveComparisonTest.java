package app.meshguard.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.meshguard.policy.NaiveInterpreter.All;
import app.meshguard.policy.NaiveInterpreter.Any;
import app.meshguard.policy.NaiveInterpreter.Compare;
import app.meshguard.policy.NaiveInterpreter.Cond;
import app.meshguard.policy.NaiveInterpreter.Decided;
import app.meshguard.policy.NaiveInterpreter.Does;
import app.meshguard.policy.NaiveInterpreter.Exists;
import app.meshguard.policy.NaiveInterpreter.NaivePolicy;
import app.meshguard.policy.NaiveInterpreter.NaiveRule;
import app.meshguard.policy.NaiveInterpreter.Not;
import app.meshguard.policy.authoring.PolicyTests;
import app.meshguard.policy.value.JsonNull;
import app.meshguard.policy.value.TrustTier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The compiled engine decides random policies and calls as the naive interpreter does. */
class NaiveComparisonTest {
  private static final int POLICY_SETS = Integer.getInteger("meshguard.naive.sets", 1_500);
  private static final int CALLS = 8;
  private static final List<String> PATHS = List.of("a", "b", "c");
  private static final List<Object> VALUES =
      List.of(new BigDecimal("1"), new BigDecimal("1.0"), new BigDecimal("2"), "1", "x");
  private static final Agent AGENT =
      new Agent(
          "agent_1",
          "bot",
          TrustTier.VERIFIED,
          null,
          Set.of(),
          Set.of(),
          null,
          null,
          Map.of(),
          false);

  @Test
  void decidesAsTheNaiveInterpreterDoes() {
    long start = Long.getLong("meshguard.naive.seed", 20261120L);
    for (long seed = start; seed < start + POLICY_SETS; seed++) {
      compare(new Random(seed), seed);
    }
  }

  private static void compare(Random random, long seed) {
    List<NaivePolicy> policies = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      policies.add(policy(random, "policy-" + i));
    }
    List<String> texts = policies.stream().map(NaiveComparisonTest::yaml).toList();
    AgentPolicies compiled = CasesTest.compile(texts, TenantRules.DEFAULT).forAgent(AGENT);
    for (int i = 0; i < CALLS; i++) {
      String action = action(random);
      Map<String, Object> context = context(random);

      Verdict verdict = compiled.evaluate(new Call(action, null, context, PolicyTests.NOON));

      Decided expected = new NaiveInterpreter(action, seen(context)).decide(policies);
      String shown =
          "seed " + seed + ": " + action + " " + context + "\n" + String.join("---\n", texts);
      assertEquals(expected.effect(), verdict.effect().text(), shown);
      assertEquals(expected.policy(), verdict.policy(), shown);
      assertEquals(expected.rule() < 0 ? null : "r" + expected.rule(), verdict.rule(), shown);
    }
  }

  private static Map<String, Object> seen(Map<String, Object> context) {
    Map<String, Object> seen = new HashMap<>(context);
    seen.values().removeIf(value -> value == JsonNull.NULL);
    return seen;
  }

  private static NaivePolicy policy(Random random, String name) {
    List<NaiveRule> rules = new ArrayList<>();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      List<String> patterns = new ArrayList<>(List.of(pattern(random)));
      if (random.nextInt(5) == 0) {
        patterns.add(pattern(random));
      }
      Does does = Does.values()[random.nextInt(3)];
      rules.add(new NaiveRule(patterns, does, random.nextInt(3) == 0 ? null : cond(random, 2)));
    }
    String combining =
        List.of("narrowest", "narrowest", "narrowest", "first-match", "deny-overrides")
            .get(random.nextInt(5));
    return new NaivePolicy(name, combining, random.nextInt(3) == 0, rules);
  }

  private static String pattern(Random random) {
    List<String> verbs = List.of("read", "read", "*", "r*", "*d");
    List<String> resources =
        List.of("*", "x", "x.y", "x*", "*y", "*.y", "x.*", "*x*", "x/*", "*.*", "", "x*y");
    String verb = verbs.get(random.nextInt(verbs.size()));
    int at = random.nextInt(resources.size() + 1);
    return at == resources.size() ? verb : verb + ":" + resources.get(at);
  }

  private static String action(Random random) {
    List<String> verbs = List.of("read", "read", "rd", "write", "r");
    List<String> resources =
        List.of("x", "x.y", "x/y", "xy", "y", "x.y.z", "x.y/y", "", "z.x", "a:b");
    String verb = verbs.get(random.nextInt(verbs.size()));
    int at = random.nextInt(resources.size() + 1);
    return at == resources.size() ? verb : verb + ":" + resources.get(at);
  }

  private static Map<String, Object> context(Random random) {
    Map<String, Object> context = new HashMap<>();
    for (String path : PATHS) {
      int at = random.nextInt(VALUES.size() + 2);
      if (at < VALUES.size()) {
        context.put(path, VALUES.get(at));
      } else if (at == VALUES.size()) {
        context.put(path, JsonNull.NULL);
      }
    }
    return context;
  }

  private static Cond cond(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 3 : 6)) {
      case 0, 1 ->
          new Compare(
              PATHS.get(random.nextInt(3)),
              List.of("==", "!=", "<", "<=", ">", ">=").get(random.nextInt(6)),
              VALUES.get(random.nextInt(VALUES.size())));
      case 2 -> new Exists(PATHS.get(random.nextInt(3)));
      case 3 -> new Not(cond(random, depth - 1));
      case 4 -> new All(List.of(cond(random, depth - 1), cond(random, depth - 1)));
      default -> new Any(List.of(cond(random, depth - 1), cond(random, depth - 1)));
    };
  }

  private static String yaml(NaivePolicy policy) {
    StringBuilder yaml = new StringBuilder("name: " + policy.name() + "\n");
    yaml.append("combining: ").append(policy.combining()).append("\n");
    yaml.append("defaultEffect: ").append(policy.allowByDefault() ? "allow" : "deny").append("\n");
    yaml.append("rules:\n");
    for (int i = 0; i < policy.rules().size(); i++) {
      NaiveRule rule = policy.rules().get(i);
      String patterns =
          rule.patterns().stream().map(p -> '"' + p + '"').collect(Collectors.joining(", "));
      yaml.append("  - name: r")
          .append(i)
          .append("\n    actions: [")
          .append(patterns)
          .append("]\n");
      yaml.append("    effect: ").append(rule.does().name().toLowerCase(Locale.ROOT)).append("\n");
      if (rule.cond() != null) {
        yaml.append("    conditions: \"").append(text(rule.cond())).append("\"\n");
      }
    }
    return yaml.toString();
  }

  private static String text(Cond cond) {
    return switch (cond) {
      case Compare compare ->
          compare.path() + " " + compare.operator() + " " + literal(compare.literal());
      case Exists exists -> "exists(request." + exists.path() + ")";
      case Not not -> "NOT (" + text(not.inner()) + ")";
      case All all -> "(" + text(all.inner().get(0)) + " and " + text(all.inner().get(1)) + ")";
      case Any any -> "(" + text(any.inner().get(0)) + " OR " + text(any.inner().get(1)) + ")";
    };
  }

  private static String literal(Object literal) {
    return literal instanceof BigDecimal number ? number.toPlainString() : "'" + literal + "'";
  }
}
