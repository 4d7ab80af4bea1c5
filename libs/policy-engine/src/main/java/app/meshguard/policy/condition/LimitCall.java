package app.meshguard.policy.condition;

import app.meshguard.policy.value.DurationText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of {@code rate_limit} and {@code budget}. */
final class LimitCall {
  private static final long MAX_CALLS = 1_000_000_000L;
  private static final BigDecimal MAX_BUDGET = new BigDecimal("1e18");
  private static final Duration MAX_WINDOW = Duration.ofDays(366);

  private LimitCall() {}

  static LimitTerm rateLimit(Token name, List<Operand> arguments) throws ConditionProblem {
    if (arguments.size() < 2
        || arguments.size() > 3
        || !(constant(arguments.get(0)) instanceof BigDecimal number)
        || !(constant(arguments.get(1)) instanceof String window)) {
      throw new ConditionProblem(
          name.offset(),
          "rate_limit takes a number, a window in quotes and perhaps a key; write it like"
              + " rate_limit(50, '1h', request.recipient)");
    }
    if (!isWhole(number)
        || number.signum() <= 0
        || number.compareTo(BigDecimal.valueOf(MAX_CALLS)) > 0) {
      throw new ConditionProblem(
          name.offset(), "the limit must be a whole number from 1 to " + MAX_CALLS);
    }
    return new RateTerm(
        number.longValueExact(),
        window(name, window),
        arguments.size() == 3 ? arguments.get(2) : null,
        "rate_limit(" + number.toPlainString() + ", '" + window + "')");
  }

  static LimitTerm budget(Token name, List<Operand> arguments) throws ConditionProblem {
    if (arguments.size() < 3
        || arguments.size() > 4
        || arguments.get(0) instanceof Condition
        || !(constant(arguments.get(1)) instanceof BigDecimal limit)
        || !(constant(arguments.get(2)) instanceof String window)) {
      throw new ConditionProblem(
          name.offset(),
          "budget takes an amount, a number, a window in quotes and perhaps a key; write it like"
              + " budget(request.amount, 500, '1d', request.customer)");
    }
    if (arguments.get(0) instanceof Literal literal
        && !(literal.constant() instanceof BigDecimal amount && BudgetTerm.canBeTaken(amount))) {
      throw new ConditionProblem(
          name.offset(), "the amount of a budget is a number that is not negative, or a path");
    }
    if (limit.signum() <= 0 || limit.compareTo(MAX_BUDGET) > 0 || !BudgetTerm.canBeTaken(limit)) {
      throw new ConditionProblem(
          name.offset(), "the limit of a budget must be a number above 0, at most 10^18");
    }
    return new BudgetTerm(
        arguments.get(0),
        limit,
        window(name, window),
        arguments.size() == 4 ? arguments.get(3) : null,
        "budget(…, " + limit.toPlainString() + ", '" + window + "')");
  }

  private static @Nullable Object constant(Operand operand) {
    return operand instanceof Literal literal ? literal.constant() : null;
  }

  private static boolean isWhole(BigDecimal number) {
    return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
  }

  private static Duration window(Token name, String written) throws ConditionProblem {
    Duration length = DurationText.parse(written);
    if (length == null || length.isZero() || length.compareTo(MAX_WINDOW) > 0) {
      throw new ConditionProblem(
          name.offset(),
          "'" + written + "' is no window; write one from '1s' to '366d', like '1h'");
    }
    return length;
  }
}
