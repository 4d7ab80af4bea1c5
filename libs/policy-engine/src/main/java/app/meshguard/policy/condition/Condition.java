package app.meshguard.policy.condition;

import org.jspecify.annotations.Nullable;

/** Something that is true, false or missing. */
public sealed interface Condition extends Operand
    permits Comparison,
        Membership,
        TextTest,
        PatternTest,
        Exists,
        HasTag,
        InRange,
        Conjunction,
        Disjunction,
        Negation,
        Holds,
        LimitTerm {
  Truth test(Facts facts);

  @Override
  default @Nullable Object value(Facts facts) {
    return switch (test(facts)) {
      case TRUE -> Boolean.TRUE;
      case FALSE -> Boolean.FALSE;
      case MISSING -> null;
    };
  }
}
