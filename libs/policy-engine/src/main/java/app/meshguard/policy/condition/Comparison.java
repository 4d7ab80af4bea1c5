package app.meshguard.policy.condition;

import app.meshguard.policy.value.JsonNull;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code == != < <= > >=}. */
record Comparison(Operand left, Operator operator, Operand right, Ranking ranking)
    implements Condition {
  enum Operator {
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">=");

    private final String text;

    Operator(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    /** What holds where this one does not. */
    Operator opposite() {
      return switch (this) {
        case EQUAL -> NOT_EQUAL;
        case NOT_EQUAL -> EQUAL;
        case LESS -> AT_LEAST;
        case AT_MOST -> GREATER;
        case GREATER -> AT_MOST;
        case AT_LEAST -> LESS;
      };
    }

    /** What holds with the two sides exchanged. */
    Operator mirrored() {
      return switch (this) {
        case EQUAL, NOT_EQUAL -> this;
        case LESS -> GREATER;
        case AT_MOST -> AT_LEAST;
        case GREATER -> LESS;
        case AT_LEAST -> AT_MOST;
      };
    }

    Truth of(int order) {
      return Truth.of(
          switch (this) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case GREATER -> order > 0;
            case AT_LEAST -> order >= 0;
          });
    }
  }

  static Comparison of(Operand left, Operator operator, Operand right) {
    return new Comparison(left, operator, right, Ranking.of(left, right));
  }

  @Override
  public Truth test(Facts facts) {
    Object a = left.value(facts);
    Object b = right.value(facts);
    if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
      return operator.of(x.compareTo(y));
    }
    if (a == null || b == null) {
      return Truth.MISSING;
    }
    if (ranking != Ranking.NONE) {
      return ordered(ranking.compare(a, b));
    }
    return switch (operator) {
      case EQUAL -> equal(a, b);
      case NOT_EQUAL -> equal(a, b).not();
      case LESS, AT_MOST, GREATER, AT_LEAST -> ordered(Values.compare(a, b));
    };
  }

  private Truth ordered(@Nullable Integer order) {
    return order == null ? Truth.MISSING : operator.of(order);
  }

  /** A null that the policy itself states is a question that has an answer. */
  private Truth equal(Object a, Object b) {
    return isNullLiteral(left) || isNullLiteral(right)
        ? Truth.of(a == JsonNull.NULL && b == JsonNull.NULL)
        : Values.equal(a, b);
  }

  private static boolean isNullLiteral(Operand operand) {
    return operand instanceof Literal literal && literal.constant() == JsonNull.NULL;
  }

  @Override
  public List<Operand> parts() {
    return List.of(left, right);
  }
}
