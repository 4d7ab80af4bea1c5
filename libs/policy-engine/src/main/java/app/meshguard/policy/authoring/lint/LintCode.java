package app.meshguard.policy.authoring.lint;

/** What lint finds. The texts are stable: scripts compare them. */
public enum LintCode {
  SHADOWED("shadowed", Severity.WARNING),
  IDLE_CONDITION("idle-condition", Severity.WARNING),
  NEVER_HOLDS("never-holds", Severity.ERROR),
  WRONG_TYPE("wrong-type", Severity.ERROR),
  UNKNOWN_ATTRIBUTE("unknown-attribute", Severity.WARNING),
  NO_AGENTS("no-agents", Severity.WARNING),
  ANY_TAG("any-tag", Severity.WARNING),
  ALLOW_ALL("allow-all", Severity.WARNING),
  DENY_WITHOUT_REASON("deny-without-reason", Severity.INFO),
  FIRST_MATCH_DIFFERS("first-match-differs", Severity.INFO);

  /** How much a finding matters: an error is never meant, an info may well be. */
  public enum Severity {
    ERROR,
    WARNING,
    INFO
  }

  private final String text;
  private final Severity severity;

  LintCode(String text, Severity severity) {
    this.text = text;
    this.severity = severity;
  }

  public String text() {
    return text;
  }

  public Severity severity() {
    return severity;
  }
}
