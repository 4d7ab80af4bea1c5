package app.meshguard.decision.decide;

import app.meshguard.decision.evidence.EvidenceUnavailable;
import app.meshguard.decision.evidence.Stored;
import app.meshguard.policy.Effect;
import app.meshguard.wire.ProblemCode;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A decision whose record is on its way to stable storage; there is no answer before. */
final class Recording implements Stored {
  private final Decided decided;
  private final RecordText records;
  private final DecisionMeter meter;
  private final CompletableFuture<Decision> answer = new CompletableFuture<>();

  Recording(Decided decided, RecordText records, DecisionMeter meter) {
    this.decided = decided;
    this.records = records;
    this.meter = meter;
  }

  CompletableFuture<Decision> answer() {
    return answer;
  }

  @Override
  public boolean wantsReceipt() {
    return decided.call().receipt();
  }

  @Override
  public void stored() {
    tell(decided);
  }

  @Override
  public void receipted(@Nullable String receipt) {
    tell(decided.receipted(receipt));
  }

  private void tell(Decided stored) {
    Decision decision = decision(stored);
    meter.decided(decision);
    answer.complete(decision);
  }

  private static Decision decision(Decided decided) {
    Effect effect = decided.enforced() ? decided.verdict().effect() : Effect.ALLOW;
    return switch (effect) {
      case ALLOW -> new Decision.Allow(decided);
      case DENY -> new Decision.Deny(decided);
      case PENDING_APPROVAL -> new Decision.PendingApproval(decided);
    };
  }

  @Override
  public void failed(EvidenceUnavailable why) {
    meter.unrecorded();
    answer.completeExceptionally(
        new CannotDecide(
            ProblemCode.EVIDENCE_UNAVAILABLE, "The record of the decision cannot be stored now."));
  }

  @Override
  public byte[] unanswered() {
    long durationMs = (System.nanoTime() - decided.call().startedAt()) / 1_000_000;
    return records.outcome(
        decided,
        decided.at(),
        new OutcomeFigures(
            durationMs,
            ProblemCode.EVIDENCE_UNAVAILABLE.code(),
            0,
            0,
            null,
            ProblemCode.EVIDENCE_UNAVAILABLE.status()));
  }
}
