package app.meshguard.policy.condition;

import app.meshguard.policy.value.JsonNull;
import java.util.List;

/** Whether a value is there: the one question that is never missing. */
record Exists(Attribute attribute) implements Condition {
  @Override
  public Truth test(Facts facts) {
    Object value = attribute.value(facts);
    return Truth.of(value != null && value != JsonNull.NULL);
  }

  @Override
  public List<Operand> parts() {
    return List.of(attribute);
  }
}
