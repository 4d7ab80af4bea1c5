package app.meshguard.decision.decide;

import app.meshguard.decision.evidence.RecordLog;
import app.meshguard.decision.limit.Refunds;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;

/** Stores the records of decisions, and lets them go out when they are stored. */
@Singleton
class DecisionLog {
  private final RecordLog log;
  private final RecordText records;
  private final DecisionMeter meter;
  private final Refunds refunds;

  DecisionLog(RecordLog log, RecordText records, DecisionMeter meter, Refunds refunds) {
    this.log = log;
    this.records = records;
    this.meter = meter;
    this.refunds = refunds;
  }

  /**
   * Completes on the call's home when the record is on stable storage.
   *
   * @param kind {@code decision} or {@code refusal}
   */
  CompletableFuture<Decision> append(String kind, Decided decided) {
    Recording recording = new Recording(decided, records, meter);
    long latencyUs = (System.nanoTime() - decided.call().startedAt()) / 1000;
    log.append(
        decided.caller().tenant().tenant(),
        records.decision(kind, decided, latencyUs),
        decided.call().home(),
        recording);
    CompletableFuture<Decision> answer = recording.answer();
    if (decided.tookBudget()) {
      // What cannot be recorded is not answered, so it has spent nothing.
      answer.exceptionally(
          failure -> {
            refunds.refund(decided.claimed());
            return null;
          });
    }
    return answer;
  }
}
