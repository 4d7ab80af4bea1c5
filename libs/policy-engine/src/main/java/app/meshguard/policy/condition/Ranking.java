package app.meshguard.policy.condition;

import app.meshguard.policy.value.JsonNull;
import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Texts that are compared by their rank, not by their letters. */
enum Ranking {
  NONE,
  TRUST_TIER,
  RISK_LEVEL;

  /**
   * None where a side is null as the policy states it: that asks whether there is a rank at all.
   */
  static Ranking of(Operand left, Operand right) {
    if (isNull(left) || isNull(right)) {
      return NONE;
    }
    if (isAgents(left, right, "trust_tier")) {
      return TRUST_TIER;
    }
    return isAgents(left, right, "risk_level") ? RISK_LEVEL : NONE;
  }

  private static boolean isNull(Operand operand) {
    return operand instanceof Literal literal && literal.constant() == JsonNull.NULL;
  }

  private static boolean isAgents(Operand left, Operand right, String name) {
    return (left instanceof Attribute a && a.isAgents(name))
        || (right instanceof Attribute b && b.isAgents(name));
  }

  /** Null when one of the two is no rank. */
  @Nullable Integer compare(Object a, Object b) {
    if (!(a instanceof String x) || !(b instanceof String y)) {
      return null;
    }
    Optional<? extends Enum<?>> left = rank(x);
    Optional<? extends Enum<?>> right = rank(y);
    return left.isEmpty() || right.isEmpty()
        ? null
        : (Integer) Integer.compare(left.get().ordinal(), right.get().ordinal());
  }

  private Optional<? extends Enum<?>> rank(String text) {
    return switch (this) {
      case TRUST_TIER -> TrustTier.parse(text);
      case RISK_LEVEL -> RiskLevel.parse(text);
      case NONE -> Optional.empty();
    };
  }
}
