package app.meshguard.decision.decide;

import app.meshguard.decision.evidence.EvidenceUnavailable;
import app.meshguard.decision.evidence.RecordLog;
import app.meshguard.decision.evidence.Stored;
import app.meshguard.decision.limit.Refunds;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Records how calls that were let through ended. Nobody waits for it: the call is over. */
@Singleton
public class Outcomes {
  private static final Logger LOG = Logger.getLogger(Outcomes.class);
  private static final Stored LOGGED =
      new Stored() {
        @Override
        public void stored() {}

        @Override
        public void failed(EvidenceUnavailable why) {
          LOG.warnf("The outcome of a call could not be recorded: %s", why.why());
        }
      };

  private final RecordLog log;
  private final RecordText records;
  private final DecisionTime time;
  private final Refunds refunds;

  Outcomes(RecordLog log, RecordText records, DecisionTime time, Refunds refunds) {
    this.log = log;
    this.records = records;
    this.time = time;
    this.refunds = refunds;
  }

  public void record(Decided decided, OutcomeFigures figures) {
    log.append(
        decided.caller().tenant().tenant(),
        records.outcome(decided, time.now(), figures),
        Runnable::run,
        LOGGED);
  }

  /** A call that was let through and reached nobody: what it took of budgets is given back. */
  public void recordUndone(Decided decided, OutcomeFigures figures) {
    if (decided.tookBudget()) {
      refunds
          .refund(decided.claimed())
          .thenAccept(given -> record(decided, figures.refunded(given)));
    } else {
      record(decided, figures);
    }
  }
}
