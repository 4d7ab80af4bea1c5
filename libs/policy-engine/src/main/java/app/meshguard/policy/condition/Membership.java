package app.meshguard.policy.condition;

import app.meshguard.policy.value.JsonNull;
import java.util.ArrayList;
import java.util.List;

/** {@code x IN list} and {@code list CONTAINS x}; {@code text CONTAINS part} too. */
record Membership(Operand member, Operand container, boolean substring) implements Condition {
  Membership {
    if (container instanceof Literal literal && literal.constant() instanceof List<?> items) {
      container = new Literal(List.copyOf(items));
    }
  }

  static Membership in(Operand member, Operand list) {
    return new Membership(member, list, false);
  }

  static Membership contains(Operand container, Operand member) {
    return new Membership(member, container, true);
  }

  @Override
  public Truth test(Facts facts) {
    Object value = member.value(facts);
    Object within = container.value(facts);
    if (substring && within instanceof String text) {
      return value instanceof String part ? Truth.of(text.contains(part)) : Truth.MISSING;
    }
    if (!(within instanceof List<?> items) || value == null) {
      return Truth.MISSING;
    }
    return container instanceof Literal ? amongStated(items, value) : Values.contains(items, value);
  }

  /** A null that the policy itself lists is an item like any other. */
  private static Truth amongStated(List<?> items, Object value) {
    if (!items.contains(JsonNull.NULL)) {
      return Values.contains(items, value);
    }
    if (value == JsonNull.NULL) {
      return Truth.TRUE;
    }
    List<Object> others = new ArrayList<>(items);
    others.removeIf(item -> item == JsonNull.NULL);
    return Values.contains(others, value);
  }

  @Override
  public List<Operand> parts() {
    return List.of(member, container);
  }
}
