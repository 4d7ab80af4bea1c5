package app.meshguard.policy.condition;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list whose items are not all constant; it is missing when one of them is. */
record ListOperand(List<Operand> items) implements Operand {
  ListOperand {
    items = List.copyOf(items);
  }

  /** A literal when every item is one. */
  static Operand of(List<Operand> items) {
    List<Object> constants = new ArrayList<>();
    for (Operand item : items) {
      if (item instanceof Literal literal) {
        constants.add(literal.constant());
      }
    }
    return constants.size() == items.size()
        ? new Literal(List.copyOf(constants))
        : new ListOperand(items);
  }

  @Override
  public @Nullable Object value(Facts facts) {
    List<Object> values = new ArrayList<>(items.size());
    for (Operand item : items) {
      Object value = item.value(facts);
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    return values;
  }

  @Override
  public List<Operand> parts() {
    return items;
  }
}
