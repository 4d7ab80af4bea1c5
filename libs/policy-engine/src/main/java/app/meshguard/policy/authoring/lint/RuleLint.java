package app.meshguard.policy.authoring.lint;

import app.meshguard.policy.document.AuditSettings;
import app.meshguard.policy.document.Combining;
import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.Rule;
import app.meshguard.policy.document.RuleEffect;
import app.meshguard.policy.pattern.ActionPattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules that other rules of their policy leave nothing to decide, or decide against expectation.
 */
final class RuleLint {
  private final Findings findings;
  private final Overlap overlap = new Overlap();

  RuleLint(Findings findings) {
    this.findings = findings;
  }

  void look(PolicyDocument document) {
    List<LintedRule> rules = new ArrayList<>();
    for (Rule rule : document.rules()) {
      if (rule.effect() != null) {
        rules.add(new LintedRule(rule, rules.size()));
      }
    }
    for (LintedRule rule : rules) {
      LintedRule shadow = shadow(rule, rules, document.combining());
      if (shadow != null) {
        findings.ofRule(LintCode.SHADOWED, rule.rule(), "action", shadowed(rule, shadow));
      } else if (rule.effect() == RuleEffect.ALLOW) {
        idle(rule, rules);
      }
      if (document.kind() == PolicyDocument.Kind.POLICY) {
        plain(rule);
        if (document.combining() == Combining.NARROWEST && shadow == null) {
          firstMatch(rule, rules);
        }
      }
    }
  }

  private void plain(LintedRule rule) {
    boolean everything = rule.patterns().stream().anyMatch(pattern -> pattern.text().equals("*:*"));
    if (everything && rule.effect() == RuleEffect.ALLOW && rule.isUnconditional()) {
      findings.ofRule(
          LintCode.ALLOW_ALL,
          rule.rule(),
          "action",
          "this allows every action; name the verbs and resources that are needed, or add"
              + " conditions");
    }
    if (rule.effect() == RuleEffect.DENY && rule.rule().reason() == null) {
      findings.ofRule(
          LintCode.DENY_WITHOUT_REASON,
          rule.rule(),
          "effect",
          "a denial without a reason leaves the caller guessing; add reason: with what to do"
              + " instead");
    }
  }

  private static @Nullable LintedRule shadow(
      LintedRule rule, List<LintedRule> rules, Combining combining) {
    LintedRule last = null;
    for (ActionPattern pattern : rule.patterns()) {
      last =
          rules.stream()
              .filter(other -> other.position() != rule.position())
              .filter(other -> other.holdsWherever(rule))
              .filter(other -> decidesBefore(other, rule, pattern, combining))
              .findFirst()
              .orElse(null);
      if (last == null) {
        return null;
      }
    }
    return last;
  }

  /** Whether the other decides whatever the pattern matches, where it holds. */
  private static boolean decidesBefore(
      LintedRule other, LintedRule rule, ActionPattern pattern, Combining combining) {
    boolean isEarlier = other.position() < rule.position();
    boolean covers = other.patterns().stream().anyMatch(pattern::isWithin);
    int severity = other.effect().compareTo(rule.effect());
    return switch (combining) {
      case NARROWEST ->
          isEarlier && other.patterns().stream().anyMatch(pattern::isSameAs) && covers;
      case FIRST_MATCH -> isEarlier && covers;
      case DENY_OVERRIDES -> covers && (severity > 0 || (severity == 0 && isEarlier));
    };
  }

  private static String shadowed(LintedRule rule, LintedRule shadow) {
    return "this rule never decides: "
        + shadow.shown()
        + " decides whatever it matches; "
        + (shadow.position() < rule.position()
            ? "remove one of the two, or move this one before it"
            : "remove one of the two");
  }

  private void idle(LintedRule rule, List<LintedRule> rules) {
    boolean addsMore =
        !rule.rule().obligations().isEmpty()
            || !rule.rule().audit().equals(AuditSettings.NONE)
            || !rule.rule().conditions().limits().isEmpty();
    if (rule.isUnconditional() || addsMore) {
      return;
    }
    LintedRule broader =
        rules.stream()
            .filter(other -> other.position() != rule.position())
            .filter(other -> other.effect() == RuleEffect.ALLOW && other.isUnconditional())
            .filter(other -> covers(other, rule))
            .findFirst()
            .orElse(null);
    boolean isContested =
        broader == null
            || rules.stream()
                .filter(other -> other.effect() != RuleEffect.ALLOW)
                .anyMatch(
                    other -> !Boolean.FALSE.equals(overlap.of(other.patterns(), rule.patterns())));
    if (broader != null && !isContested) {
      findings.ofRule(
          LintCode.IDLE_CONDITION,
          rule.rule(),
          "conditions",
          "the conditions change nothing: "
              + broader.shown()
              + " allows the same without them; narrow that rule, or deny here what the conditions"
              + " should keep out");
    }
  }

  private static boolean covers(LintedRule other, LintedRule rule) {
    return rule.patterns().stream()
        .allMatch(pattern -> other.patterns().stream().anyMatch(pattern::isWithin));
  }

  /** Where a rule decides though one with another effect stands before it. */
  private void firstMatch(LintedRule rule, List<LintedRule> rules) {
    for (LintedRule earlier : rules.subList(0, rule.position())) {
      if (earlier.effect() == rule.effect()) {
        continue;
      }
      for (ActionPattern pattern : rule.patterns()) {
        String why = why(rule, pattern, earlier);
        if (why != null) {
          findings.ofRule(
              LintCode.FIRST_MATCH_DIFFERS,
              rule.rule(),
              "action",
              why
                  + ", so this rule decides and not "
                  + earlier.shown()
                  + ", which stands before it; write combining: first-match if the order is to"
                  + " count");
          return;
        }
      }
    }
  }

  private @Nullable String why(LintedRule rule, ActionPattern pattern, LintedRule earlier) {
    for (ActionPattern other : earlier.patterns()) {
      if (pattern.isStrictlyNarrowerThan(other) && !pattern.isSameAs(other)) {
        return "'" + pattern.text() + "' is narrower than '" + other.text() + "'";
      }
      if (rule.effect().compareTo(earlier.effect()) > 0
          && !pattern.isWithin(other)
          && !other.isWithin(pattern)
          && Boolean.TRUE.equals(overlap.of(List.of(pattern), List.of(other)))) {
        return rule.effect().text()
            + " goes before "
            + earlier.effect().text()
            + " where both '"
            + pattern.text()
            + "' and '"
            + other.text()
            + "' match";
      }
    }
    return null;
  }
}
