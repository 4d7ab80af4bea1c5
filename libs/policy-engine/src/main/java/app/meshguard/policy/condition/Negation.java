package app.meshguard.policy.condition;

import java.util.List;

/** {@code NOT}; what is missing stays missing. */
record Negation(Condition condition) implements Condition {
  @Override
  public Truth test(Facts facts) {
    return condition.test(facts).not();
  }

  @Override
  public List<Operand> parts() {
    return List.of(condition);
  }
}
