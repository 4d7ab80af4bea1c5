package app.meshguard.policy.document;

import java.util.Locale;

/** How much is recorded, in ascending order. */
public enum AuditLevel {
  STANDARD,
  DETAILED,
  ENHANCED;

  private final String text = name().toLowerCase(Locale.ROOT);

  public String text() {
    return text;
  }

  public AuditLevel orMore(AuditLevel other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
