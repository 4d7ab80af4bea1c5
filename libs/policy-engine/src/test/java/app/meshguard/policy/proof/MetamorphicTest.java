package app.meshguard.policy.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import app.meshguard.policy.AgentPolicies;
import app.meshguard.policy.Call;
import app.meshguard.policy.Effect;
import app.meshguard.policy.proof.RandomWorld.Kind;
import app.meshguard.policy.proof.World.Published;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What must not change, or not for the better, when a policy or a call is changed. */
class MetamorphicTest {
  private static final int WORLDS = Boolean.getBoolean("meshguard.full") ? 50_000 : 1_000;
  private static final int CALLS = 10;

  private interface Property {
    void check(Choices choices, long seed);
  }

  private static void forAllSeeds(String name, Property property) {
    long start = Long.getLong("meshguard.proof.seed", 7L);
    System.out.println(name + ": " + WORLDS + " worlds, seed " + start);
    for (long seed = start; seed < start + WORLDS; seed++) {
      property.check(Choices.seeded(seed), seed);
    }
  }

  private static String told(long seed, Call call, Engine... engines) {
    StringBuilder told = new StringBuilder("seed " + seed + ": " + call + "\n");
    for (Engine engine : engines) {
      told.append(engine.shown()).append("\n=====\n");
    }
    return told.toString();
  }

  @Test
  void theOrderOfIncomparableRulesDoesNotMatter() {
    forAllSeeds(
        "order of incomparable rules",
        (choices, seed) -> {
          World world = new RandomWorld(choices, Words.USUAL, Kind.EVERYTHING).make(CALLS);
          World other = with(world, rules -> swapNeighbours(rules, choices));
          compareEffects(world, other, world.calls(), seed);
        });
  }

  /** Exchanges two rules that have no pattern in common: with one, the first would decide. */
  private static void swapNeighbours(List<Object> rules, Choices choices) {
    for (int i = 1; i < rules.size(); i++) {
      if (choices.oneIn(2)
          && Collections.disjoint(patterns(rules.get(i - 1)), patterns(rules.get(i)))) {
        Collections.swap(rules, i - 1, i);
      }
    }
  }

  private static List<String> patterns(Object rule) {
    Map<String, Object> map = NaiveInterpreter.map(rule);
    return NaiveInterpreter.texts(map.getOrDefault("actions", map.get("action"))).stream()
        .map(NaivePatterns::normal)
        .toList();
  }

  @Test
  void addingADenyNeverTurnsADenialIntoAnAllow() {
    forAllSeeds(
        "adding a deny",
        (choices, seed) -> {
          RandomWorld maker = new RandomWorld(choices, Words.USUAL, Kind.EVERYTHING);
          World world = maker.make(CALLS);
          World stricter =
              with(
                  world,
                  rules -> {
                    Map<String, Object> deny = new LinkedHashMap<>(maker.rule());
                    deny.keySet().removeAll(List.of("audit", "obligations"));
                    deny.put("effect", "deny");
                    if (deny.toString().contains("rate_limit")
                        || deny.toString().contains("budget")) {
                      deny.remove("conditions");
                    }
                    rules.add(choices.below(rules.size() + 1), deny);
                  });
          neverMoreAllowed(world, stricter, world.calls(), world.calls(), seed);
        });
  }

  @Test
  void aMissingAttributeNeverTurnsADenialIntoAnAllow() {
    forAllSeeds(
        "a missing attribute",
        (choices, seed) -> {
          World world = new RandomWorld(choices, Words.USUAL, new Kind(true, false)).make(CALLS);
          List<Call> poorer = new ArrayList<>();
          for (Call call : world.calls()) {
            Map<String, Object> context = new LinkedHashMap<>(call.context());
            context.keySet().removeIf(unused -> choices.oneIn(2));
            poorer.add(
                new Call(
                    call.action(),
                    choices.oneIn(2) ? null : call.resource(),
                    context,
                    call.time(),
                    choices.oneIn(2) ? Map.of() : call.delegation(),
                    choices.oneIn(2) ? Map.of() : call.tenant(),
                    choices.oneIn(2) ? Map.of() : call.env()));
          }
          neverMoreAllowed(world, world, world.calls(), poorer, seed);
        });
  }

  @Test
  void renamingIsNeutral() {
    forAllSeeds(
        "renaming",
        (unused, seed) -> {
          Kind kind = new Kind(false, true);
          World world = new RandomWorld(Choices.seeded(seed), Words.USUAL, kind).make(CALLS);
          World renamed = new RandomWorld(Choices.seeded(seed), Words.OTHER, kind).make(CALLS);
          compareEffects(world, renamed, renamed.calls(), seed);
        });
  }

  private static void compareEffects(World world, World other, List<Call> calls, long seed) {
    Engine engine = new Engine(Choices.seeded(seed));
    Engine otherEngine = new Engine(Choices.seeded(seed));
    AgentPolicies before = engine.compile(world);
    AgentPolicies after = otherEngine.compile(other);
    for (int i = 0; i < calls.size(); i++) {
      assertEquals(
          before.evaluate(world.calls().get(i)).effect(),
          after.evaluate(calls.get(i)).effect(),
          told(seed, calls.get(i), engine, otherEngine));
    }
  }

  private static void neverMoreAllowed(
      World world, World stricter, List<Call> calls, List<Call> poorer, long seed) {
    Engine engine = new Engine(Choices.seeded(seed));
    Engine otherEngine = new Engine(Choices.seeded(seed));
    AgentPolicies before = engine.compile(world);
    AgentPolicies after = otherEngine.compile(stricter);
    for (int i = 0; i < calls.size(); i++) {
      if (before.evaluate(calls.get(i)).effect() == Effect.DENY) {
        assertNotEquals(
            Effect.ALLOW,
            after.evaluate(poorer.get(i)).effect(),
            told(seed, poorer.get(i), engine, otherEngine));
      }
    }
  }

  private interface Edit {
    void apply(List<Object> rules);
  }

  /** The same tenant with the rules of its narrowest-combining policies edited. */
  private static World with(World world, Edit edit) {
    List<Published> edited = new ArrayList<>();
    for (Published policy : world.policies()) {
      edited.add(
          new Published(
              policy.name(),
              policy.revision(),
              edited(policy.document(), edit),
              policy.canary(),
              policy.percent()));
    }
    return new World(edited, world.tenant(), world.agent(), world.calls());
  }

  private static Map<String, Object> edited(Map<String, Object> document, Edit edit) {
    if (!(document.get("rules") instanceof List<?> rules)
        || "first-match".equals(document.get("combining"))) {
      return document;
    }
    List<Object> list = new ArrayList<>(rules);
    edit.apply(list);
    Map<String, Object> copy = new LinkedHashMap<>(document);
    copy.put("rules", list);
    return copy;
  }
}
