package app.meshguard.audit.rollup;

import java.util.Locale;

/**
 * What sums are kept by. All but {@link #KIND} and {@link #HANDOVER} count what was decided:
 * decisions and refusals, never outcomes, each of which belongs to a decision that is counted.
 */
public enum Dimension {
  ALL("''", Of.DECISIONS),
  AGENT("coalesce(agent_id, '')", Of.DECISIONS),
  RULE("coalesce(left(policy, 200) || E'\\n' || coalesce(left(rule, 200), ''), '')", Of.DECISIONS),
  ACTION("coalesce(left(action, 200), '')", Of.DECISIONS),
  TIER("coalesce(trust_tier, '')", Of.DECISIONS),
  /** Every entry by its kind. */
  KIND("kind", "true"),
  /** Who handed on to whom: messages from one agent to another. */
  HANDOVER("agent_id || E'\\n' || to_agent", "agent_id IS NOT NULL AND to_agent IS NOT NULL");

  private static final class Of {
    static final String DECISIONS = "kind IN ('decision', 'refusal')";
  }

  private final String keyOfRow;
  private final String counts;

  Dimension(String keyOfRow, String counts) {
    this.keyOfRow = keyOfRow;
    this.counts = counts;
  }

  /** As it is stored. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The key of a row of search, as SQL. */
  String keyOfRow() {
    return keyOfRow;
  }

  /** Whether a row of search counts, as SQL. */
  String counts() {
    return counts;
  }
}
