package app.meshguard.policy.condition;

import java.util.List;

/** Whether the agent has a tag. */
record HasTag(Operand tag) implements Condition {
  @Override
  public Truth test(Facts facts) {
    return tag.value(facts) instanceof String wanted
        ? Truth.of(facts.tags().contains(wanted))
        : Truth.MISSING;
  }

  @Override
  public List<Operand> parts() {
    return List.of(tag);
  }
}
