package app.meshguard.policy.document;

import java.util.Locale;

/** How a policy chooses among its rules that hold. */
public enum Combining {
  NARROWEST,
  FIRST_MATCH,
  DENY_OVERRIDES;

  private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

  public String text() {
    return text;
  }
}
