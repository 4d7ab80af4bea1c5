package app.meshguard.policy.condition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something with a value. */
public sealed interface Operand
    permits Attribute, Literal, ListOperand, Arithmetic, Function, Condition {
  /**
   * The value: text, BigDecimal, Boolean, JsonNull, List, Map or Duration; null when it is missing.
   */
  @Nullable Object value(Facts facts);

  /** The operands that this one is made of. */
  List<Operand> parts();
}
