package app.meshguard.policy.condition;

import java.util.List;

/** A value that the policy states. */
public record Literal(Object constant) implements Operand {
  @Override
  public Object value(Facts facts) {
    return constant;
  }

  @Override
  public List<Operand> parts() {
    return List.of();
  }
}
