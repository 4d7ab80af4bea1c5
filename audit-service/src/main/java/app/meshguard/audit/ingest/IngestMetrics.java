package app.meshguard.audit.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Objects;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Counts what ingest does, and raises its voice where somebody must look. */
@ApplicationScoped
@Startup // Counters stand at 0 before the first batch: an alert can tell none from unknown.
class IngestMetrics {
  private static final Logger LOG = Logger.getLogger(IngestMetrics.class);

  private final Counter rows;
  private final Counter batches;
  private final Counter duplicates;
  private final Counter quarantined;
  private final Counter gaps;
  private final Counter conflicts;
  private final Timer duration;

  @Inject
  IngestMetrics(MeterRegistry registry) {
    rows = registry.counter("meshguard.evidence.rows");
    batches = registry.counter("meshguard.evidence.batches");
    duplicates = registry.counter("meshguard.evidence.duplicates");
    quarantined = registry.counter("meshguard.evidence.quarantined");
    gaps = registry.counter("meshguard.evidence.gaps");
    conflicts = registry.counter("meshguard.evidence.conflicts");
    duration = registry.timer("meshguard.evidence.ingest");
  }

  AppendResult timed(EvidenceBatch batch, Supplier<AppendResult> append) {
    AppendResult result = duration.record(append);
    count(batch, Objects.requireNonNull(result));
    return result;
  }

  private void count(EvidenceBatch batch, AppendResult result) {
    switch (result) {
      case AppendResult.Committed done -> {
        batches.increment();
        rows.increment(done.appended());
        duplicates.increment(done.known());
        if (done.quarantined() > 0) {
          quarantined.increment(done.quarantined());
          LOG.errorf(
              "%d records of journal %s up to position %d cannot be read: see table quarantine",
              done.quarantined(), batch.journal(), batch.lastPosition());
        }
      }
      case AppendResult.Gap gap -> {
        gaps.increment();
        LOG.errorf(
            "journal %s sent position %d after %d: records are missing",
            batch.journal(), batch.firstPosition(), gap.position().position());
      }
      case AppendResult.Conflict conflict -> {
        conflicts.increment();
        LOG.errorf(
            "journal %s sent another record for position %d: one of the two was changed",
            batch.journal(), conflict.at());
      }
      case AppendResult.UnknownJournal unknown ->
          LOG.warnf("journal %s is not registered", batch.journal());
    }
  }
}
