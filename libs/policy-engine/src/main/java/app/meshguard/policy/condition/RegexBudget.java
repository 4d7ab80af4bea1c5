package app.meshguard.policy.condition;

/**
 * How much of regular expressions a document may have altogether, counted repeats written out: what
 * is compiled of them takes that much memory for as long as the policy is in force.
 */
public final class RegexBudget {
  private static final long MOST = 200_000;

  private long left = MOST;

  /** Takes what stands in an expression; false when there is not so much left. */
  public boolean take(Condition condition) {
    return take(Conditions.regexSize(condition));
  }

  /** Takes what stands in the map form; false when there is not so much left. */
  public boolean take(MapOperator operator, Object value) {
    return take(operator.regexSize(value));
  }

  private boolean take(long size) {
    left -= size;
    return left >= 0;
  }
}
