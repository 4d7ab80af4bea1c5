package app.meshguard.policy.condition;

import java.util.List;

/** {@code STARTS_WITH} and {@code ENDS_WITH}. */
record TextTest(Operand subject, Operand part, boolean atStart) implements Condition {
  @Override
  public Truth test(Facts facts) {
    if (!(subject.value(facts) instanceof String text)
        || !(part.value(facts) instanceof String wanted)) {
      return Truth.MISSING;
    }
    return Truth.of(atStart ? text.startsWith(wanted) : text.endsWith(wanted));
  }

  @Override
  public List<Operand> parts() {
    return List.of(subject, part);
  }
}
