package app.meshguard.decision.decide;

import java.util.Locale;

/** Where a call came in. */
public enum Surface {
  CHECK,
  BATCH,
  PROXY,
  PROXY_CHECK;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** Whether it is below {@code /proxy}. */
  public boolean isGateway() {
    return this == PROXY || this == PROXY_CHECK;
  }

  /** As in records. */
  public String text() {
    return text;
  }
}
