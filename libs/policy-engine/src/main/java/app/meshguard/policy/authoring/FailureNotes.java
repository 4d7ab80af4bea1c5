package app.meshguard.policy.authoring;

import app.meshguard.policy.Explanation;
import app.meshguard.policy.Explanation.ConditionTrace;
import app.meshguard.policy.Explanation.PolicyTrace;
import app.meshguard.policy.Explanation.RuleState;
import app.meshguard.policy.Explanation.RuleTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says why a test got something else, from the explanation of its call. */
final class FailureNotes {
  private final Explanation explanation;

  FailureNotes(Explanation explanation) {
    this.explanation = explanation;
  }

  /** Why the rule that decided did. */
  String why() {
    return explanation.why();
  }

  /** What became of the rule that should have decided, or of all that could have. */
  List<String> notes(Map<String, Object> expected) {
    List<String> notes = new ArrayList<>();
    boolean named = expected.get("rule") instanceof String;
    for (PolicyTrace policy : explanation.policies()) {
      for (RuleTrace rule : policy.rules()) {
        boolean wanted = rule.rule().equals(expected.get("rule"));
        boolean isIt = named ? wanted : rule.state() == RuleState.FAILED;
        if (isIt && rule.state() != RuleState.MATCHED) {
          notes.add(note(policy, rule));
        }
      }
    }
    return notes;
  }

  private static String note(PolicyTrace policy, RuleTrace rule) {
    String start = "rule '" + rule.rule() + "' of '" + policy.policy() + "' ";
    if (rule.state() == RuleState.SKIPPED) {
      return start + "does not match the action";
    }
    return rule.conditions().stream()
        .filter(condition -> !condition.result().equals("true"))
        .findFirst()
        .map(condition -> start + "did not hold: " + said(condition))
        .orElse(start + "did not hold");
  }

  private static String said(ConditionTrace condition) {
    return condition.condition()
        + " is "
        + condition.result()
        + (condition.values().isEmpty() ? "" : " with " + condition.values());
  }
}
