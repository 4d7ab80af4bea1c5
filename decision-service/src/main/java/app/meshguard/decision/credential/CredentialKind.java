package app.meshguard.decision.credential;

import java.util.Locale;

/** What an agent shows. */
public enum CredentialKind {
  AGENT_TOKEN,
  API_KEY;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** As in records. */
  public String text() {
    return text;
  }
}
