package app.meshguard.policy.condition;

import java.util.List;

/** {@code AND}: one that is false decides, whatever is missing elsewhere. */
record Conjunction(List<Condition> conditions) implements Condition {
  Conjunction {
    conditions = List.copyOf(conditions);
  }

  @Override
  public Truth test(Facts facts) {
    Truth result = Truth.TRUE;
    for (int i = 0; i < conditions.size(); i++) {
      Truth one = conditions.get(i).test(facts);
      if (one == Truth.FALSE) {
        return Truth.FALSE;
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
