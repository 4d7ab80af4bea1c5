package app.meshguard.policy.authoring;

import app.meshguard.policy.AuditDirective;
import app.meshguard.policy.BudgetClaim;
import app.meshguard.policy.LimitClaim;
import app.meshguard.policy.RateClaim;
import app.meshguard.policy.Verdict;
import app.meshguard.policy.value.JsonNull;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A verdict in the words of a test. */
final class Outcome {
  private Outcome() {}

  /** What was decided and by what, and of the rest what the test asks about. */
  static Map<String, Object> of(Verdict verdict, Map<String, Object> expected) {
    Map<String, Object> got = new LinkedHashMap<>();
    got.put("decision", verdict.effect().text());
    got.put("code", verdict.code());
    got.put("policy", orNull(verdict.policy()));
    got.put("rule", orNull(verdict.rule()));
    got.put("reason", orNull(verdict.reason()));
    if (expected.containsKey("limits")) {
      got.put("limits", verdict.limits().stream().map(Outcome::limit).toList());
    }
    if (expected.get("audit") instanceof Map<?, ?> asked) {
      got.put("audit", audit(verdict.audit(), asked));
    }
    if (expected.containsKey("obligations")) {
      got.put("obligations", verdict.obligations().toMap());
    }
    return got;
  }

  private static Object orNull(@Nullable String text) {
    return text == null ? JsonNull.NULL : text;
  }

  private static String limit(LimitClaim claim) {
    String key = claim.key() == null ? "" : " for " + claim.key();
    return claim.policy()
        + "/"
        + claim.rule()
        + ": "
        + switch (claim) {
          case RateClaim rate -> String.valueOf(rate.limit());
          case BudgetClaim budget ->
              budget.amount().toPlainString() + " of " + budget.limit().toPlainString();
        }
        + " in "
        + claim.window()
        + key;
  }

  /** The parts of the directive that the test speaks of. */
  private static Map<String, Object> audit(AuditDirective directive, Map<?, ?> asked) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("level", directive.level());
    all.put("notify", directive.notified());
    all.put("context", directive.context());
    all.keySet().retainAll(asked.keySet());
    return all;
  }
}
