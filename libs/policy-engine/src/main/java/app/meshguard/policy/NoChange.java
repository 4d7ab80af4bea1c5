package app.meshguard.policy;

import app.meshguard.policy.Explanation.ChangedValue;
import app.meshguard.policy.condition.Attribute;
import app.meshguard.policy.condition.Conditions;
import app.meshguard.policy.condition.Remedy;
import app.meshguard.policy.document.RuleEffect;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says why no change of the request or the agent would have been allowed. */
final class NoChange {
  private final PolicySet policies;
  private final Agent agent;
  private final Call call;
  private final ChangeWords words;

  NoChange(PolicySet policies, Agent agent, Call call, ChangeWords words) {
    this.policies = policies;
    this.agent = agent;
    this.call = call;
    this.words = words;
  }

  /**
   * @param pending the least that would at least be put before a human; null where nothing would
   */
  String why(@Nullable Trial pending) {
    Verdict verdict = policies.forTrial(new AgentCopy(agent).active()).evaluate(call);
    if (verdict.code().equals("delegation_unavailable")) {
      return "delegation is not available to anybody";
    }
    if (pending != null) {
      return "nothing makes it allowed outright" + withApproval(pending);
    }
    return switch (verdict.code()) {
      case "rule" -> ofRule(verdict);
      case "default", "no_policy" -> ofDefault();
      case "tier_ceiling" -> "a higher trust tier alone would not help: " + ofDefault();
      default -> verdict.message();
    };
  }

  private String withApproval(Trial pending) {
    List<ChangedValue> values = words.change(pending).values();
    return values.isEmpty()
        ? "; a human has to approve it"
        : ": if "
            + values.stream().map(ChangedValue::words).collect(Collectors.joining(" and "))
            + ", a human would still have to approve it";
  }

  private String ofRule(Verdict verdict) {
    String rule = "rule '" + verdict.rule() + "' of '" + verdict.policy() + "'";
    List<String> fixed =
        fixed(
            rules()
                .filter(one -> one.policy().name().equals(verdict.policy()))
                .filter(one -> one.name().equals(verdict.rule())));
    return fixed.isEmpty()
        ? rule + " denies it, and no change that was tried undoes that and is allowed"
        : rule + " denies it by " + dependsOn(fixed);
  }

  private String ofDefault() {
    List<CompiledRule> allowing =
        rules()
            .filter(rule -> rule.effect() == RuleEffect.ALLOW)
            .filter(rule -> rule.patterns().stream().anyMatch(p -> p.matches(call.action())))
            .toList();
    if (allowing.isEmpty()) {
      return "no rule of any policy allows " + call.action();
    }
    List<String> fixed = fixed(allowing.stream());
    String named =
        allowing.stream()
            .limit(3)
            .map(rule -> "'" + rule.name() + "' of '" + rule.policy().name() + "'")
            .collect(Collectors.joining(", "));
    return fixed.isEmpty()
        ? "no change that was tried makes the rules that allow it hold: " + named
        : "the rules that allow it (" + named + ") depend on " + dependsOn(fixed);
  }

  private static String dependsOn(List<String> attributes) {
    return String.join(", ", attributes) + ", which neither the request nor the agent sets";
  }

  private Stream<CompiledRule> rules() {
    return policies.policiesOf(agent).stream()
        .filter(policy -> !policy.document().dryRun() && !policy.document().isAbstract())
        .flatMap(policy -> policy.rules().stream());
  }

  /** The attributes of conditions that nobody who calls can change. */
  private static List<String> fixed(Stream<CompiledRule> rules) {
    return rules
        .flatMap(rule -> rule.source().conditions().entries().stream())
        .map(Conditions.Stated::attributes)
        .flatMap(List::stream)
        .filter(attribute -> !Remedy.isChangeable(attribute))
        .map(Attribute::text)
        .distinct()
        .limit(5)
        .toList();
  }
}
