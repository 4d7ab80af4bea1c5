package app.meshguard.policy.condition;

import java.util.List;

/** Whether an address lies in a network. */
record InRange(Operand address, AddressRange range) implements Condition {
  @Override
  public Truth test(Facts facts) {
    if (!(address.value(facts) instanceof String text)) {
      return Truth.MISSING;
    }
    byte[] bytes = AddressRange.addressOf(text);
    return bytes == null ? Truth.MISSING : Truth.of(range.contains(bytes));
  }

  @Override
  public List<Operand> parts() {
    return List.of(address);
  }
}
