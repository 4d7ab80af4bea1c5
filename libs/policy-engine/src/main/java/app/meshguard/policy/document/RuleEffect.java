package app.meshguard.policy.document;

import java.util.Locale;

/** What a rule does, from the least to the most restrictive. */
public enum RuleEffect {
  ALLOW,
  REQUIRE_APPROVAL,
  DENY;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The effect as policies write it. */
  public String text() {
    return text;
  }

  /** Whether the patterns of such a rule also cover what lies below them. */
  public boolean restricts() {
    return this != ALLOW;
  }
}
