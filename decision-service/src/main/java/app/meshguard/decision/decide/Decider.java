package app.meshguard.decision.decide;

import app.meshguard.decision.approval.ApprovalIds;
import app.meshguard.decision.bundle.Bundles;
import app.meshguard.decision.bundle.TenantBundle;
import app.meshguard.decision.credential.Caller;
import app.meshguard.decision.credential.Identification.Identified;
import app.meshguard.decision.credential.Identification.Rejected;
import app.meshguard.decision.credential.Identification.Unknown;
import app.meshguard.decision.limit.LimitRequest;
import app.meshguard.decision.limit.LimitResult;
import app.meshguard.decision.limit.LimitResult.Exhausted;
import app.meshguard.decision.limit.LimitResult.Taken;
import app.meshguard.decision.limit.LimitResult.Unavailable;
import app.meshguard.decision.limit.Limits;
import app.meshguard.policy.AgentPolicies;
import app.meshguard.policy.AuditDirective;
import app.meshguard.policy.Call;
import app.meshguard.policy.Effect;
import app.meshguard.policy.Verdict;
import app.meshguard.policy.document.Obligations;
import app.meshguard.wire.ProblemCode;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Decides. Whoever calls is known, the bundle is young enough, the policies say, the limits are
 * taken, the record is stored: then, and not before, there is a decision.
 */
@Singleton
public class Decider {
  private final Bundles bundles;
  private final Limits limits;
  private final DecisionLog log;
  private final ApprovalIds approvals;
  private final DecisionTime time;
  private final Mode mode;
  private final Explanations explanations;

  Decider(
      Bundles bundles,
      Limits limits,
      DecisionLog log,
      ApprovalIds approvals,
      DecisionTime time,
      Mode mode,
      Explanations explanations) {
    this.bundles = bundles;
    this.limits = limits;
    this.log = log;
    this.approvals = approvals;
    this.time = time;
    this.mode = mode;
    this.explanations = explanations;
  }

  /** Completes on the call's home; with {@link CannotDecide} when there is no decision. */
  public CompletableFuture<Decision> decide(AgentCall call) {
    return switch (call.who()) {
      case Identified(Caller caller) -> decide(call, caller);
      case Rejected rejected -> refuse(call, rejected);
      case Unknown(String message) -> cannot(ProblemCode.UNAUTHORIZED, message);
    };
  }

  private CompletableFuture<Decision> decide(AgentCall call, Caller caller) {
    TenantBundle tenant = caller.tenant();
    long ageMs = bundles.ageMs(tenant.tenant());
    if (ageMs > 1000L * tenant.directory().settings().maxStalenessSeconds()) {
      return cannot(
          ProblemCode.DATA_TOO_OLD,
          "This replica has not heard of changes for longer than the tenant allows.");
    }
    Instant now = time.now();
    Call asked =
        new Call(
            call.action(),
            call.resource(),
            call.context(),
            now,
            Map.of(),
            tenant.facts(),
            tenant.directory().env());
    AgentPolicies policies = tenant.policiesOf(caller.agent());
    Verdict verdict = policies.evaluate(asked);
    Kernel kernel =
        new Kernel(call, caller, DecisionIds.decision(now.toEpochMilli()), ageMs, now, null, null);
    if (!call.explain() && !RecordedTrace.isWanted(verdict)) {
      return limit(kernel, verdict);
    }
    return explanations
        .of(policies, asked, verdict, call.explain())
        .thenComposeAsync(how -> limit(kernel.explained(how), verdict), call.home());
  }

  private CompletableFuture<Decision> limit(Kernel kernel, Verdict verdict) {
    return verdict.isAllowed() && !verdict.limits().isEmpty()
        ? takeLimits(kernel, verdict)
        : store(kernel, verdict, false, null);
  }

  /** What is known of a decision before it is made. */
  private record Kernel(
      AgentCall call,
      Caller caller,
      String decisionId,
      long ageMs,
      Instant at,
      @Nullable Map<String, Object> explanation,
      byte @Nullable [] trace) {
    Kernel explained(Explanations.Explained how) {
      return new Kernel(call, caller, decisionId, ageMs, at, how.explanation(), how.trace());
    }
  }

  private CompletableFuture<Decision> takeLimits(Kernel kernel, Verdict verdict) {
    LimitRequest request =
        new LimitRequest(
            kernel.decisionId(),
            kernel.caller().tenant().tenant(),
            kernel.caller().agent().id(),
            verdict.limits());
    return limits
        .take(request)
        .thenComposeAsync(result -> limited(kernel, verdict, result), kernel.call().home());
  }

  private CompletableFuture<Decision> limited(Kernel kernel, Verdict verdict, LimitResult result) {
    return switch (result) {
      case Taken ignored -> store(kernel, verdict, true, null);
      case Exhausted(var claim, var wait) ->
          store(kernel, verdict.rateLimited(claim, wait), false, seconds(wait));
      case Unavailable ignored ->
          isAudit(kernel.caller())
              ? store(kernel, verdict, false, null)
              : cannot(ProblemCode.LIMIT_UNAVAILABLE, "The limit cannot be counted now.");
    };
  }

  private static @Nullable Long seconds(@Nullable Duration wait) {
    return wait == null ? null : Math.max(1, wait.plusNanos(999_999_999).toSeconds());
  }

  private CompletableFuture<Decision> store(
      Kernel kernel, Verdict verdict, boolean limitsTaken, @Nullable Long retryAfter) {
    boolean audited = isAudit(kernel.caller());
    boolean waits = verdict.effect() == Effect.PENDING_APPROVAL && !audited;
    return log.append(
        "decision",
        new Decided(
            kernel.call(),
            kernel.caller(),
            kernel.decisionId(),
            verdict,
            audited,
            limitsTaken,
            retryAfter,
            waits ? approvalId(kernel, verdict) : null,
            kernel.ageMs(),
            kernel.at(),
            kernel.explanation(),
            kernel.trace(),
            null));
  }

  private String approvalId(Kernel kernel, Verdict verdict) {
    Caller caller = kernel.caller();
    return approvals.seal(
        caller.tenant().tenant(),
        Approvals.of(
            kernel.call(), caller.agent().id(), kernel.decisionId(), verdict, kernel.at()));
  }

  /** A known credential that is no longer good: recorded, and no decision. */
  private CompletableFuture<Decision> refuse(AgentCall call, Rejected rejected) {
    Caller caller = rejected.caller();
    Instant now = time.now();
    Verdict verdict =
        new Verdict(
            Effect.DENY,
            rejected.code(),
            null,
            0,
            null,
            null,
            rejected.message(),
            List.of(),
            new AuditDirective("standard", List.of(), Map.of()),
            Obligations.NONE,
            List.of());
    Decided decided =
        new Decided(
            call,
            caller,
            DecisionIds.decision(now.toEpochMilli()),
            verdict,
            isAudit(caller),
            false,
            null,
            null,
            bundles.ageMs(caller.tenant().tenant()),
            now,
            null,
            null,
            null);
    return log.append("refusal", decided)
        .thenCompose(stored -> cannot(ProblemCode.UNAUTHORIZED, rejected.message()));
  }

  private boolean isAudit(Caller caller) {
    return mode.isAudit(caller.tenant().directory().settings().mode());
  }

  private static CompletableFuture<Decision> cannot(ProblemCode code, String message) {
    return CompletableFuture.failedFuture(new CannotDecide(code, message));
  }
}
