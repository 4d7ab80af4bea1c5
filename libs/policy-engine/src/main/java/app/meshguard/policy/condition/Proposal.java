package app.meshguard.policy.condition;

import org.jspecify.annotations.Nullable;

/**
 * A change of one attribute with which a condition would come out otherwise.
 *
 * @param value what is set, added or removed; null where the attribute is left out
 * @param need what else would do as well, such as {@code at most 50}; null where nothing else would
 * @param isStandIn whether the value was only made up to have one that is not another
 */
public record Proposal(
    Attribute attribute,
    Kind kind,
    @Nullable Object value,
    @Nullable String need,
    boolean isStandIn) {
  static final String ANY = "any value";

  /** What becomes of the attribute; ADD and REMOVE are for items of a list. */
  public enum Kind {
    SET,
    ADD,
    REMOVE,
    CLEAR
  }

  public static Proposal set(Attribute attribute, Object value) {
    return new Proposal(attribute, Kind.SET, value, null, false);
  }

  static Proposal set(Attribute attribute, Object value, String need) {
    return new Proposal(attribute, Kind.SET, value, need, false);
  }

  /** Sets a value that stands for all those that would do. */
  static Proposal standIn(Attribute attribute, Object value, String need) {
    return new Proposal(attribute, Kind.SET, value, need, true);
  }

  public static Proposal add(Attribute list, Object item) {
    return new Proposal(list, Kind.ADD, item, null, false);
  }

  public static Proposal remove(Attribute list, Object item) {
    return new Proposal(list, Kind.REMOVE, item, null, false);
  }

  static Proposal clear(Attribute attribute) {
    return new Proposal(attribute, Kind.CLEAR, null, null, false);
  }

  /** Whether any value would do: whatever else is proposed is better. */
  public boolean isAnything() {
    return ANY.equals(need);
  }
}
