package app.meshguard.policy.document;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One policy as its author wrote it, checked; all three shapes of documents are read to this.
 *
 * @param kind what it was written as
 * @param version the author's own label
 * @param appliesTo which agents it is for
 * @param isAbstract only there to be extended: applies to nobody
 * @param base what it extends; null where it stands alone
 * @param dryRun decides and records what it would have done, and changes nothing
 * @param timezone null for the base's, else the tenant's
 * @param defaultEffect what it says when no rule of it matched, ALLOW or DENY; null for the base's,
 *     else DENY
 * @param delegation null when nothing may be delegated
 * @param rateLimits limits on all calls of an agent that the policy applies to
 * @param auditLevel for the rules that name none
 * @param notified for the rules that name nobody
 * @param fields which fields of data the agents may read; null where all
 * @param text the YAML of this document alone
 */
public record PolicyDocument(
    String name,
    Kind kind,
    String version,
    @Nullable String description,
    AppliesTo appliesTo,
    boolean isAbstract,
    @Nullable Base base,
    boolean dryRun,
    Combining combining,
    @Nullable ZoneId timezone,
    List<Rule> rules,
    @Nullable RuleEffect defaultEffect,
    @Nullable Delegation delegation,
    List<CallRates> rateLimits,
    AuditLevel auditLevel,
    List<String> notified,
    @Nullable Fields fields,
    String text) {
  /** The shape that a document was written in. Nothing is decided by it. */
  public enum Kind {
    POLICY,
    ACCESS_PROFILE,
    GUARDRAILS;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The kind as answers show it. */
    public String text() {
      return text;
    }
  }

  /**
   * The policy that a policy extends, and where it says so.
   *
   * @param line one-based, as {@code column}
   */
  public record Base(String name, int line, int column) {}

  public PolicyDocument {
    rules = List.copyOf(rules);
    rateLimits = List.copyOf(rateLimits);
    notified = List.copyOf(notified);
  }

  /** Whether it allows what none of its rules matched. */
  public boolean allowByDefault() {
    return defaultEffect == RuleEffect.ALLOW;
  }

  /** The rules in short. */
  public List<Rule.Summary> ruleSummaries() {
    return rules.stream().map(Rule::summary).toList();
  }
}
