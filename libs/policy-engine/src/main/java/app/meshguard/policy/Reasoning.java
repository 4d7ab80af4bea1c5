package app.meshguard.policy;

import app.meshguard.policy.condition.Facts;
import app.meshguard.policy.document.RuleEffect;
import app.meshguard.policy.pattern.ActionPattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in words why the winner won. */
final class Reasoning {
  private final Facts facts;
  private final PolicyGroup group;

  Reasoning(Facts facts, PolicyGroup group) {
    this.facts = facts;
    this.group = group;
  }

  String of(Verdict verdict) {
    return switch (verdict.code()) {
      case "rule" -> byRule();
      case "risk_floor" -> verdict.message() + ", though " + byRule();
      case "default" ->
          "no rule of the policies that apply matches and holds, and the default of '"
              + verdict.policy()
              + "' is "
              + verdict.effect().text();
      case "no_policy" -> "no policy applies to the agent, and what nothing allows is denied";
      default -> verdict.message();
    };
  }

  private String byRule() {
    Ruling ruling = group.rule(facts);
    Candidate decider = ruling.decider();
    Candidate unsure = ruling.unsure();
    boolean allowed = decider == null || decider.effect() == RuleEffect.ALLOW;
    if (unsure != null && allowed) {
      return named(unsure) + " needs a value that is missing, so a human has to approve";
    }
    if (decider == null) {
      return "the defaults allow it";
    }
    List<String> reasons = new ArrayList<>();
    facts.in(decider.rule().policy().zone());
    for (CompiledRule other : decider.rule().policy().rules()) {
      String reason = other == decider.rule() ? null : against(decider, other);
      if (reason != null) {
        reasons.add(reason);
      }
    }
    if (reasons.isEmpty()) {
      reasons.add("is the only rule of its policy that matches and holds");
    }
    return named(decider) + " " + String.join(", and ", reasons) + acrossPolicies(decider);
  }

  private static String named(Candidate candidate) {
    return "rule '" + candidate.rule().name() + "' of '" + candidate.rule().policy().name() + "'";
  }

  /** Why the decider stands before another rule that matches and holds; null where none does. */
  private @Nullable String against(Candidate decider, CompiledRule other) {
    RuleEffect effect = other.effect();
    RuleEffect winning = decider.effect();
    if (effect == null || winning == null || !Contest.holds(effect, other.test(facts))) {
      return null;
    }
    ActionPattern pattern =
        other.patterns().stream().filter(p -> p.matches(facts.action())).findFirst().orElse(null);
    if (pattern == null) {
      return null;
    }
    String name = "'" + other.name() + "'";
    return switch (decider.rule().policy().document().combining()) {
      case FIRST_MATCH -> "stands before " + name;
      case DENY_OVERRIDES -> moreRestrictive(winning, effect, name);
      case NARROWEST -> narrowest(decider.pattern(), pattern, winning, effect, name);
    };
  }

  private static String narrowest(
      ActionPattern mine, ActionPattern other, RuleEffect winning, RuleEffect effect, String name) {
    if (mine.isSameAs(other)) {
      return "stands before " + name + " with the same pattern";
    }
    if (mine.isStrictlyNarrowerThan(other)) {
      return "is narrower than " + name;
    }
    return other.isStrictlyNarrowerThan(mine)
        ? "is kept by a narrower one from giving way to " + name
        : moreRestrictive(winning, effect, name);
  }

  private static String moreRestrictive(RuleEffect winning, RuleEffect effect, String name) {
    return winning == effect
        ? "stands before " + name
        : winning.text() + " goes before " + effect.text() + " of " + name;
  }

  private String acrossPolicies(Candidate decider) {
    return group.policies().size() == 1
        ? ""
        : "; across the policies that apply, deny goes before require_approval before allow before"
            + " the defaults, and '"
            + decider.rule().policy().name()
            + "' comes first";
  }
}
