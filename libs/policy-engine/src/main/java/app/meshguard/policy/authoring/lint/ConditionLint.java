package app.meshguard.policy.authoring.lint;

import app.meshguard.policy.condition.Attribute;
import app.meshguard.policy.condition.Condition;
import app.meshguard.policy.condition.Conditions.Stated;
import app.meshguard.policy.condition.Contradiction;
import app.meshguard.policy.condition.LiteralTypes;
import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.Rule;
import app.meshguard.policy.document.RuleEffect;
import java.util.List;

/** Conditions that cannot be true, and names that were hardly meant. */
final class ConditionLint {
  private final Findings findings;
  private final AttributeUses uses;

  ConditionLint(Findings findings, AttributeUses uses) {
    this.findings = findings;
    this.uses = uses;
  }

  void look(PolicyDocument document) {
    for (Rule rule : document.rules()) {
      List<Stated> entries = rule.conditions().entries();
      boolean wrong = false;
      for (int i = 0; i < entries.size(); i++) {
        wrong |= look(rule, i, entries.get(i));
      }
      List<Condition> together = entries.stream().map(Stated::condition).toList();
      String conflict = wrong || entries.size() < 2 ? null : Contradiction.in(together);
      if (conflict != null) {
        findings.ofRule(LintCode.NEVER_HOLDS, rule, "conditions", never(rule, conflict));
      }
    }
  }

  /** Whether the condition cannot be true, and so was told already. */
  private boolean look(Rule rule, int place, Stated stated) {
    List<String> types = LiteralTypes.problems(stated.condition());
    types.forEach(problem -> findings.ofCondition(LintCode.WRONG_TYPE, rule, place, problem));
    for (Attribute attribute : stated.attributes()) {
      String meant = uses.meantBy(attribute);
      if (meant != null) {
        findings.ofCondition(
            LintCode.UNKNOWN_ATTRIBUTE,
            rule,
            place,
            "nothing is known of '" + attribute.text() + "'; " + meant);
      }
    }
    String conflict = types.isEmpty() ? Contradiction.in(List.of(stated.condition())) : null;
    if (conflict != null) {
      findings.ofCondition(LintCode.NEVER_HOLDS, rule, place, never(rule, conflict));
    }
    return conflict != null || !types.isEmpty();
  }

  private static String never(Rule rule, String conflict) {
    String so =
        rule.effect() == RuleEffect.ALLOW || rule.effect() == null
            ? "so the rule never holds"
            : "so the rule holds only where a value is missing";
    return conflict + ", " + so + "; correct the condition, or remove the rule";
  }
}
