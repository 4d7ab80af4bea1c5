package app.meshguard.policy.document;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One policy as its author wrote it, checked.
 *
 * @param version the author's own label
 * @param appliesTo which agents it is for
 * @param dryRun decides and records what it would have done, and changes nothing
 * @param timezone null for the tenant's
 * @param allowByDefault what it says when no rule of it matched
 * @param delegation null when nothing may be delegated
 * @param rateLimits limits on all calls of an agent that the policy applies to
 * @param auditLevel for the rules that name none
 * @param notified for the rules that name nobody
 * @param text the YAML of this document alone
 */
public record PolicyDocument(
    String name,
    String version,
    @Nullable String description,
    AppliesTo appliesTo,
    boolean dryRun,
    Combining combining,
    @Nullable ZoneId timezone,
    List<Rule> rules,
    boolean allowByDefault,
    @Nullable Delegation delegation,
    List<CallRates> rateLimits,
    AuditLevel auditLevel,
    List<String> notified,
    String text) {
  public PolicyDocument {
    rules = List.copyOf(rules);
    rateLimits = List.copyOf(rateLimits);
    notified = List.copyOf(notified);
  }

  /** The rules in short. */
  public List<Rule.Summary> ruleSummaries() {
    return rules.stream().map(Rule::summary).toList();
  }
}
