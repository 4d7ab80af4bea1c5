package app.meshguard.policy.condition;

import java.util.List;

/** {@code OR}: one that is true decides, whatever is missing elsewhere. */
record Disjunction(List<Condition> conditions) implements Condition {
  Disjunction {
    conditions = List.copyOf(conditions);
  }

  @Override
  public Truth test(Facts facts) {
    Truth result = Truth.FALSE;
    for (int i = 0; i < conditions.size(); i++) {
      Truth one = conditions.get(i).test(facts);
      if (one == Truth.TRUE) {
        return Truth.TRUE;
      }
      if (one == Truth.MISSING) {
        result = Truth.MISSING;
      }
    }
    return result;
  }

  @Override
  public List<Operand> parts() {
    return List.copyOf(conditions);
  }
}
