package app.meshguard.policy.proof;

import java.util.List;
import java.util.TreeSet;

/** What is decided, and what comes with it. */
record Outcome(
    String effect,
    String code,
    String policy,
    int revision,
    String rule,
    List<String> limits,
    TreeSet<String> redacted,
    String audit,
    List<String> dryRuns) {
  /** Whether another says the same, but for the names that are made where an author gave none. */
  boolean agreesWith(Outcome other) {
    String named = rule == null ? null : other.rule;
    return equals(
        new Outcome(
            other.effect,
            other.code,
            other.policy,
            other.revision,
            named,
            other.limits,
            other.redacted,
            other.audit,
            other.dryRuns));
  }

  /** The same, and what policies in dry run would have said. */
  Outcome with(List<String> said) {
    return new Outcome(effect, code, policy, revision, rule, limits, redacted, audit, said);
  }

  static Outcome denied(String code) {
    return new Outcome(
        "deny", code, null, 0, null, List.of(), new TreeSet<>(), "standard", List.of());
  }
}
