package app.meshguard.policy.document;

import app.meshguard.policy.condition.Conditions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads guardrails: each operation of a tier becomes a rule. */
final class GuardrailsReader {
  static final List<String> KEYS =
      Stream.concat(DocumentHead.KEYS.stream(), Stream.of("appliesTo", "guardrails")).toList();

  /**
   * What is done with the operations of a list.
   *
   * @param anyVerb whether an operation is also meant where it is what another verb is done to
   */
  private record Tier(
      String key,
      RuleEffect effect,
      boolean anyVerb,
      @Nullable AuditLevel audit,
      @Nullable String reason) {}

  private static final List<Tier> TIERS =
      List.of(
          new Tier("tier_1_automatic", RuleEffect.ALLOW, false, null, null),
          new Tier("tier_2_logged", RuleEffect.ALLOW, false, AuditLevel.DETAILED, null),
          new Tier(
              "tier_3_approval",
              RuleEffect.REQUIRE_APPROVAL,
              true,
              null,
              "The guardrails ask for a human's approval"),
          new Tier("tier_4_blocked", RuleEffect.DENY, true, null, "Blocked by the guardrails"));

  private final Problems problems;
  private final Map<String, Integer> lines = new HashMap<>();

  GuardrailsReader(Problems problems) {
    this.problems = problems;
  }

  /** The guardrails; null when they have errors. */
  @Nullable PolicyDocument read(Node root, String text) {
    int before = problems.errorCount();
    YamlMap map = YamlMap.of(root, problems, "guardrails", KEYS);
    DocumentHead head = DocumentHead.read(map, problems);
    AppliesTo appliesTo = new AppliesToReader(problems).read(map.get("appliesTo"));
    List<Rule> rules = new ArrayList<>();
    Node node = map.get("guardrails");
    if (map.lacks("guardrails")) {
      problems.error(root, "there are no guardrails here; add guardrails: with at least one tier");
    }
    if (node != null) {
      List<String> keys = TIERS.stream().map(Tier::key).toList();
      YamlMap tiers = YamlMap.of(node, problems, "guardrails", keys);
      for (Tier tier : TIERS) {
        rules.addAll(rules(tier, tiers));
      }
      if (tiers.isEmpty() && problems.errorCount() == before) {
        problems.error(
            node,
            "the guardrails are empty; add a tier such as " + keys.getLast() + " with operations");
      }
      RulesReader.checkCount(rules.size(), node, problems);
    }
    if (problems.errorCount() > before) {
      return null;
    }
    return head.alone(
        PolicyDocument.Kind.GUARDRAILS,
        Objects.requireNonNullElse(head.name(), "guardrails"),
        appliesTo,
        rules,
        null,
        text);
  }

  private List<Rule> rules(Tier tier, YamlMap tiers) {
    List<Rule> rules = new ArrayList<>();
    for (NamedAction operation : NamedAction.list(tiers, tier.key(), "", problems)) {
      int line = problems.lineOf(operation.node());
      Integer earlier = lines.putIfAbsent(operation.name(), line);
      if (earlier == null) {
        rules.add(rule(tier, operation.name(), line));
      } else {
        problems.error(
            operation.node(),
            "the operation '"
                + operation.name()
                + "' stands at line "
                + earlier
                + " already; keep one of the two");
      }
    }
    return rules;
  }

  private static Rule rule(Tier tier, String operation, int line) {
    List<String> patterns = new ArrayList<>(List.of(operation, "tool:" + operation));
    if (tier.anyVerb()) {
      patterns.add("*:" + operation);
    }
    return new Rule(
        tier.effect().text() + "-" + operation,
        patterns,
        tier.effect(),
        Conditions.NONE,
        tier.reason(),
        new AuditSettings(tier.audit(), List.of(), List.of()),
        Obligations.NONE,
        line,
        null);
  }
}
