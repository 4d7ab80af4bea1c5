package app.meshguard.decision.outcome;

import app.meshguard.decision.credential.Caller;
import app.meshguard.decision.decide.CannotDecide;
import app.meshguard.decision.decide.DecisionTime;
import app.meshguard.decision.decide.RecordText;
import app.meshguard.decision.decide.TimeText;
import app.meshguard.decision.evidence.EvidenceUnavailable;
import app.meshguard.decision.evidence.RecordLog;
import app.meshguard.decision.evidence.Stored;
import app.meshguard.wire.ProblemCode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Records what callers say became of their calls: once for each decision. A repeat gets the same
 * answer, a contradiction is refused.
 */
@Singleton
class OutcomeReports {
  private final RecentDecisions recent;
  private final AuditedDecisions audited;
  private final RecordLog log;
  private final RecordText records;
  private final DecisionTime time;

  /** Outcomes that are being stored, by decision. */
  private final Map<String, Pending> pending = new HashMap<>();

  /** An outcome that is recorded, or will be in a moment. */
  record Recorded(String decisionId, String at, Object outcome) {}

  private record Pending(String text, CompletableFuture<Recorded> stored) {}

  OutcomeReports(
      RecentDecisions recent,
      AuditedDecisions audited,
      RecordLog log,
      RecordText records,
      DecisionTime time) {
    this.recent = recent;
    this.audited = audited;
    this.log = log;
    this.records = records;
    this.time = time;
  }

  /** Blocks, and completes when the outcome is stored; with {@link CannotDecide} when it is not. */
  CompletableFuture<Recorded> report(Caller caller, String id, OutcomeReport report) {
    PastDecision decision = find(caller, id);
    if (decision == null || !decision.isOf(caller)) {
      throw new CannotDecide(ProblemCode.NOT_FOUND, "This agent got no decision of this id.");
    }
    if (report.executed() && !decision.passed()) {
      throw new CannotDecide(
          ProblemCode.CONFLICT,
          "The decision did not allow the call: its outcome can only be \"executed\": false.");
    }
    return record(caller, id, decision, report);
  }

  private @Nullable PastDecision find(Caller caller, String id) {
    try {
      Map<String, Object> own = recent.decision(id);
      return own != null ? new PastDecision(own, null) : audited.find(caller.tenant().tenant(), id);
    } catch (IOException e) {
      throw unavailable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable();
    }
  }

  private static CannotDecide unavailable() {
    return new CannotDecide(
        ProblemCode.UNAVAILABLE,
        "The decision is not one of this replica's latest, and the audit-service does not answer.");
  }

  /** One at a time: what was stored by then is in the journal, what was not is pending. */
  private synchronized CompletableFuture<Recorded> record(
      Caller caller, String id, PastDecision found, OutcomeReport report) {
    PastDecision decision = withOutcome(id, found);
    Map<String, Object> known = decision.outcome();
    if (known != null) {
      Object outcome = Objects.requireNonNull(known.get("outcome"));
      refuseOther(OutcomeReport.text(outcome), report);
      return CompletableFuture.completedFuture(
          new Recorded(id, String.valueOf(known.get("decidedAt")), outcome));
    }
    Pending before = pending.get(id);
    if (before != null) {
      refuseOther(before.text(), report);
      return before.stored();
    }
    String at = TimeText.of(time.now());
    Pending now = new Pending(report.text(), new CompletableFuture<>());
    pending.put(id, now);
    log.append(
        caller.tenant().tenant(),
        records.reportedOutcome(caller, decision::field, at, report.recorded()),
        Runnable::run,
        new Waiter(id, now, new Recorded(id, at, report.recorded())));
    return now.stored();
  }

  private PastDecision withOutcome(String id, PastDecision found) {
    try {
      return found.with(recent.outcome(id));
    } catch (IOException e) {
      throw unavailable();
    }
  }

  private static void refuseOther(String known, OutcomeReport report) {
    if (!known.equals(report.text())) {
      throw new CannotDecide(
          ProblemCode.CONFLICT, "Another outcome is recorded for this decision: " + known);
    }
  }

  private synchronized void settled(String id) {
    pending.remove(id);
  }

  private final class Waiter implements Stored {
    private final String id;
    private final Pending pending;
    private final Recorded recorded;

    Waiter(String id, Pending pending, Recorded recorded) {
      this.id = id;
      this.pending = pending;
      this.recorded = recorded;
    }

    @Override
    public void stored() {
      CompletableFuture.runAsync(
          () -> {
            settled(id);
            pending.stored().complete(recorded);
          });
    }

    @Override
    public void failed(EvidenceUnavailable why) {
      CompletableFuture.runAsync(
          () -> {
            settled(id);
            pending
                .stored()
                .completeExceptionally(
                    new CannotDecide(
                        ProblemCode.EVIDENCE_UNAVAILABLE,
                        "The record of the outcome cannot be stored now."));
          });
    }
  }
}
