package app.meshguard.policy;

import java.util.Locale;

/** What is decided of a call. Only ALLOW passes. */
public enum Effect {
  ALLOW,
  DENY,
  PENDING_APPROVAL;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The decision as it is written on the wire. */
  public String text() {
    return text;
  }
}
