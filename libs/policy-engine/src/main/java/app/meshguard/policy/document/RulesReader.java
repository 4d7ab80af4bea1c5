package app.meshguard.policy.document;

import app.meshguard.policy.condition.Conditions;
import app.meshguard.policy.condition.RegexBudget;
import app.meshguard.policy.value.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the rules of a policy, those of {@code humanInTheLoop} last. */
final class RulesReader {
  private static final int MAX_RULES = 2_000;
  static final List<String> KEYS =
      List.of(
          "name",
          "action",
          "actions",
          "effect",
          "conditions",
          "reason",
          "audit",
          "auditContext",
          "obligations");

  private final Problems problems;
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> copies = new HashMap<>();
  private final RegexBudget regexes = new RegexBudget();

  RulesReader(Problems problems) {
    this.problems = problems;
  }

  List<Rule> read(YamlMap policy) {
    List<Rule> rules = new ArrayList<>();
    Node node = policy.get("rules");
    if (node == null) {
      if (policy.lacks("rules") && policy.lacks("extends")) {
        problems.error(policy.node(), "the policy has no rules; add rules: with at least one rule");
      }
    } else if (!(node instanceof SequenceNode list)) {
      problems.error(node, "rules must be a list; start each rule with '- action:'");
    } else if (checkCount(list.getValue().size(), node, problems)) {
      takeGivenNames(list.getValue());
      for (Node rule : list.getValue()) {
        if (problems.isFull()) {
          break;
        }
        rules.add(rule(rule));
      }
    }
    Node human = policy.get("humanInTheLoop");
    if (human != null) {
      rules.addAll(approvals(human));
      checkCount(rules.size(), human, problems);
    }
    return rules;
  }

  /** False, and an error, where there are more rules than a policy can have. */
  static boolean checkCount(int rules, Node node, Problems problems) {
    if (rules > MAX_RULES) {
      problems.error(node, "a policy has at most 2,000 rules; split it into several policies");
    }
    return rules <= MAX_RULES;
  }

  /** Names that an author gave come before those that are made, wherever they stand. */
  private void takeGivenNames(List<Node> rules) {
    for (Node rule : rules) {
      if (rule instanceof MappingNode map) {
        for (var entry : map.getValue()) {
          if (entry.getKeyNode() instanceof ScalarNode key
              && key.getValue().equals("name")
              && entry.getValueNode() instanceof ScalarNode name
              && !taken.add(name.getValue())) {
            problems.error(
                name,
                "another rule is named '" + name.getValue() + "' already; rename one of the two");
          }
        }
      }
    }
  }

  private Rule rule(Node node) {
    YamlMap map = YamlMap.of(node, problems, "a rule", KEYS);
    List<String> actions = new ArrayList<>(patterns(map, "action"));
    actions.addAll(patterns(map, "actions"));
    if (map.lacks("action") && map.lacks("actions") && !isBroken(node)) {
      problems.error(node, "the rule has no action; add action: verb:resource");
    }
    RuleEffect effect = effect(map);
    if (map.lacks("effect")) {
      checkAuditRule(map);
    }
    Node conditions = map.get("conditions");
    boolean refusesLimits = effect == RuleEffect.DENY || (effect == null && map.lacks("effect"));
    Conditions read =
        conditions == null
            ? Conditions.NONE
            : new ConditionsReader(problems, regexes, refusesLimits).read(conditions);
    String given = map.text("name");
    return new Rule(
        given == null ? madeName(effect, actions) : given,
        actions,
        effect,
        read,
        map.text("reason"),
        new AuditReader(problems).read(map),
        obligations(map.get("obligations"), effect),
        problems.lineOf(node),
        null);
  }

  private static boolean isBroken(Node node) {
    return !(node instanceof MappingNode);
  }

  private @Nullable RuleEffect effect(YamlMap map) {
    List<String> words = Arrays.stream(RuleEffect.values()).map(RuleEffect::text).toList();
    String written = map.oneOf("effect", words);
    return written == null || !words.contains(written)
        ? null
        : RuleEffect.values()[words.indexOf(written)];
  }

  private void checkAuditRule(YamlMap map) {
    if (isBroken(map.node())) {
      return;
    }
    if (!map.has("audit") && !map.has("auditContext")) {
      problems.error(
          map.node(),
          "the rule has no effect; add effect: allow, deny or require_approval, or audit: true for"
              + " a rule that only records");
    }
    for (String key : List.of("reason", "obligations")) {
      Node node = map.get(key);
      if (node != null) {
        problems.error(
            node, "a rule without effect has no " + key + "; add an effect or remove it");
      }
    }
  }

  private String madeName(@Nullable RuleEffect effect, List<String> actions) {
    String base =
        (effect == null ? "audit" : effect.text())
            + "-"
            + (actions.isEmpty() ? "?" : actions.getFirst());
    String name = base;
    while (!taken.add(name)) {
      name = base + "-" + copies.merge(base, 2, (before, unused) -> before + 1);
    }
    return name;
  }

  private List<String> patterns(YamlMap map, String key) {
    return NamedAction.list(map, key, "", problems).stream().map(NamedAction::name).toList();
  }

  private Obligations obligations(@Nullable Node node, @Nullable RuleEffect effect) {
    if (node == null) {
      return Obligations.NONE;
    }
    YamlMap map =
        YamlMap.of(
            node, problems, "obligations", List.of("redact", "mask", "approvers", "expiresIn"));
    if (effect == RuleEffect.DENY) {
      problems.error(node, "a rule that denies has no obligations; remove them");
    }
    return new Obligations(
        map.texts("redact"), map.texts("mask"), map.texts("approvers"), expiry(map));
  }

  private @Nullable Duration expiry(YamlMap map) {
    String written = map.text("expiresIn");
    Node node = map.get("expiresIn");
    Duration expiry = written == null ? null : DurationText.parse(written);
    if (written != null && node != null && (expiry == null || expiry.isZero())) {
      problems.error(node, "'" + written + "' is no duration; write one like 30s, 15m, 2h or 7d");
    }
    return expiry;
  }

  private List<Rule> approvals(Node node) {
    YamlMap map = YamlMap.of(node, problems, "humanInTheLoop", List.of("requireApproval"));
    List<Rule> rules = new ArrayList<>();
    if (!map.has("requireApproval")) {
      problems.error(node, "humanInTheLoop needs requireApproval: a list of actions");
    }
    for (String pattern : patterns(map, "requireApproval")) {
      rules.add(
          new Rule(
              madeName(RuleEffect.REQUIRE_APPROVAL, List.of(pattern)),
              List.of(pattern),
              RuleEffect.REQUIRE_APPROVAL,
              Conditions.NONE,
              null,
              AuditSettings.NONE,
              Obligations.NONE,
              problems.lineOf(node),
              null));
    }
    return rules;
  }
}
