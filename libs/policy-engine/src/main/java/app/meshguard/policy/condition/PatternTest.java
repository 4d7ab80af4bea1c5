package app.meshguard.policy.condition;

import java.util.List;

/** {@code MATCHES} and {@code MATCHES_PATH}. */
record PatternTest(Operand subject, TextPattern pattern) implements Condition {
  @Override
  public Truth test(Facts facts) {
    return subject.value(facts) instanceof String text ? pattern.test(text) : Truth.MISSING;
  }

  @Override
  public List<Operand> parts() {
    return List.of(subject);
  }
}
