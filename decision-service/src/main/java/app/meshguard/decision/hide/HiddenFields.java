package app.meshguard.decision.hide;

import app.meshguard.policy.document.Fields;
import app.meshguard.policy.document.Obligations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of an answer is redacted, masked or left out. */
public final class HiddenFields {
  private final FieldNames redacted;
  private final FieldNames masked;
  private final boolean restricted;
  private final FieldNames readable;
  private final FieldNames denied;

  /**
   * Puts them together.
   *
   * @param allow the fields that may be read; null when all may be
   * @param deny of those, the ones that may not
   */
  HiddenFields(
      List<String> redact, List<String> mask, @Nullable List<String> allow, List<String> deny) {
    this.redacted = new FieldNames(redact);
    this.masked = new FieldNames(mask);
    this.restricted = allow != null;
    this.readable = new FieldNames(allow == null ? List.of() : allow);
    this.denied = new FieldNames(deny);
  }

  /** What these obligations hide, or null when they hide nothing. */
  public static @Nullable HiddenFields of(Obligations obligations) {
    Fields fields = obligations.fields();
    if (fields == null) {
      return obligations.redact().isEmpty() && obligations.mask().isEmpty()
          ? null
          : new HiddenFields(obligations.redact(), obligations.mask(), null, List.of());
    }
    return new HiddenFields(
        obligations.redact(), obligations.mask(), fields.allow(), fields.deny());
  }

  boolean redacts(Field field) {
    return redacted.contain(field);
  }

  boolean masks(Field field) {
    return masked.contain(field);
  }

  /** Whether what stands below the field is denied, whatever its own name is. */
  boolean denies(Field field) {
    return denied.contain(field);
  }

  /**
   * Whether a value that is neither object nor list may be read.
   *
   * @param field the nearest one that it stands in; null for a value without a name
   */
  boolean isReadable(@Nullable Field field) {
    return !restricted || (field != null && readable.contain(field));
  }
}
