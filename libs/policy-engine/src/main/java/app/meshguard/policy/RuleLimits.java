package app.meshguard.policy;

import app.meshguard.policy.condition.BudgetTerm;
import app.meshguard.policy.condition.Facts;
import app.meshguard.policy.condition.LimitTerm;
import app.meshguard.policy.condition.RateTerm;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must be taken when a rule decides. Claims that are the same for all calls are made once. */
final class RuleLimits {
  private final String policy;
  private final String rule;
  private final List<LimitTerm> terms;
  private final @Nullable List<LimitClaim> fixed;

  RuleLimits(String policy, String rule, List<LimitTerm> terms) {
    this.policy = policy;
    this.rule = rule;
    this.terms = terms;
    this.fixed = terms.stream().allMatch(RuleLimits::isFixed) ? fixed() : null;
  }

  private static boolean isFixed(LimitTerm term) {
    return term.key() == null
        && switch (term) {
          case RateTerm unused -> true;
          case BudgetTerm unused -> false;
        };
  }

  private List<LimitClaim> fixed() {
    List<LimitClaim> claims = new ArrayList<>();
    for (LimitTerm term : terms) {
      if (term instanceof RateTerm rate) {
        claims.add(new RateClaim(policy, rule, null, rate.limit(), rate.window()));
      }
    }
    return List.copyOf(claims);
  }

  /**
   * The claims of one call. What is missing is so only where a human will be asked, and never
   * counts less: a missing key is one like any other, a missing amount is all that there is.
   */
  List<LimitClaim> of(Facts facts) {
    if (fixed != null) {
      return fixed;
    }
    List<LimitClaim> claims = new ArrayList<>(terms.size());
    for (LimitTerm term : terms) {
      String key = term.lacksKey(facts) ? AuditDirective.MISSING : term.keyText(facts);
      claims.add(
          switch (term) {
            case RateTerm rate -> new RateClaim(policy, rule, key, rate.limit(), rate.window());
            case BudgetTerm budget -> {
              BigDecimal amount = budget.amountOf(facts);
              BigDecimal taken = amount == null ? budget.limit() : amount;
              yield new BudgetClaim(policy, rule, key, taken, budget.limit(), budget.window());
            }
          });
    }
    return List.copyOf(claims);
  }
}
