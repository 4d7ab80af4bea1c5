package app.meshguard.decision.limit;

import app.meshguard.policy.BudgetClaim;
import app.meshguard.policy.LimitClaim;
import app.meshguard.policy.RateClaim;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The takes of several decisions, as the arrays that the database is given. */
final class TakeStatement {
  private final List<LimitClaim> claims = new ArrayList<>();
  private final List<Integer> numbers = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final List<Buffer> keys = new ArrayList<>();
  private final List<@Nullable Long> counts = new ArrayList<>();
  private final List<Long> windows = new ArrayList<>();
  private final List<@Nullable String> amounts = new ArrayList<>();
  private final List<@Nullable String> budgets = new ArrayList<>();
  private boolean hasBudgets;

  private TakeStatement() {}

  static TakeStatement of(List<LimitRequest> requests) {
    TakeStatement statement = new TakeStatement();
    for (int i = 0; i < requests.size(); i++) {
      LimitRequest request = requests.get(i);
      List<byte[]> keys = request.keys();
      for (int j = 0; j < keys.size(); j++) {
        statement.add(i + 1, request.decisionId(), keys.get(j), request.claims().get(j));
      }
    }
    return statement;
  }

  private void add(int number, String decisionId, byte[] key, LimitClaim claim) {
    claims.add(claim);
    numbers.add(number);
    ids.add(decisionId);
    keys.add(Buffer.buffer(key));
    windows.add(claim.window().toNanos() / 1000);
    switch (claim) {
      case RateClaim rate -> {
        counts.add(rate.limit());
        amounts.add(null);
        budgets.add(null);
      }
      case BudgetClaim budget -> {
        counts.add(null);
        // As text: every digit counts.
        amounts.add(budget.amount().toPlainString());
        budgets.add(budget.limit().toPlainString());
        hasBudgets = true;
      }
    }
  }

  /** Whether the statement that knows budgets is needed. */
  boolean hasBudgets() {
    return hasBudgets;
  }

  /** All claims in the order of the arrays. */
  List<LimitClaim> claims() {
    return claims;
  }

  Tuple arguments() {
    Tuple arguments =
        Tuple.of(
            numbers.toArray(Integer[]::new),
            ids.toArray(String[]::new),
            keys.toArray(Buffer[]::new),
            counts.toArray(Long[]::new),
            windows.toArray(Long[]::new));
    return hasBudgets
        ? arguments
            .addArrayOfString(amounts.toArray(String[]::new))
            .addArrayOfString(budgets.toArray(String[]::new))
        : arguments;
  }
}
