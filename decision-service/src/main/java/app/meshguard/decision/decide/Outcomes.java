package app.meshguard.decision.decide;

import app.meshguard.decision.evidence.EvidenceUnavailable;
import app.meshguard.decision.evidence.RecordLog;
import app.meshguard.decision.evidence.Stored;
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

  Outcomes(RecordLog log, RecordText records, DecisionTime time) {
    this.log = log;
    this.records = records;
    this.time = time;
  }

  public void record(Decided decided, OutcomeFigures figures) {
    log.append(records.outcome(decided, time.now(), figures), Runnable::run, LOGGED);
  }
}
