package app.meshguard.policy.condition;

import java.util.List;

/** A value that stands as a condition: it must be true or false itself. */
record Holds(Operand operand) implements Condition {
  @Override
  public Truth test(Facts facts) {
    return operand.value(facts) instanceof Boolean value ? Truth.of(value) : Truth.MISSING;
  }

  @Override
  public List<Operand> parts() {
    return List.of(operand);
  }
}
