package app.meshguard.policy;

import app.meshguard.policy.document.Obligations;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was decided and by what. An ALLOW stands only when every limit was taken; the limits of a
 * PENDING_APPROVAL are taken after the approval.
 *
 * @param code why: {@code rule}, {@code default}, {@code no_policy}, {@code tier_ceiling}, {@code
 *     agent_suspended}, {@code delegation_unavailable}, {@code risk_floor}, {@code rate_limited},
 *     {@code budget_exceeded}
 * @param policy the policy that decided; null when none did
 * @param policyRevision its revision, 0 when none decided
 * @param reason as the rule's author gave it
 * @param message what to show: the reason where there is one
 * @param dryRuns what policies in dry run would have said
 */
public record Verdict(
    Effect effect,
    String code,
    @Nullable String policy,
    int policyRevision,
    @Nullable String rule,
    @Nullable String reason,
    String message,
    List<LimitClaim> limits,
    AuditDirective audit,
    Obligations obligations,
    List<WouldHave> dryRuns) {

  public boolean isAllowed() {
    return effect == Effect.ALLOW;
  }

  /**
   * The denial that follows when one of the limits is used up.
   *
   * @param retryAfter null when the call takes more than all that there is
   */
  public Verdict rateLimited(LimitClaim claim, @Nullable Duration retryAfter) {
    String used =
        retryAfter == null
            ? " is less than this call takes"
            : " is used up; try again in "
                + Math.max(1, retryAfter.plusNanos(999_999_999).toSeconds())
                + " s";
    return new Verdict(
        Effect.DENY,
        claim.exhaustedCode(),
        claim.policy(),
        claim.policy().equals(policy) ? policyRevision : 0,
        claim.rule(),
        reason,
        claim.description() + used,
        limits,
        audit,
        Obligations.NONE,
        dryRuns);
  }

  /** The same denial for everybody, decided by no rule. */
  static Verdict denied(String code, String message) {
    return new Verdict(
        Effect.DENY,
        code,
        null,
        0,
        null,
        null,
        message,
        List.of(),
        AuditDirective.STANDARD,
        Obligations.NONE,
        List.of());
  }
}
