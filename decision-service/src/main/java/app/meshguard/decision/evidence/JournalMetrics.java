package app.meshguard.decision.evidence;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Figures of the journal and of the way to the audit-service. */
@Singleton
class JournalMetrics {

  void register(
      @Observes StartupEvent started, MeterRegistry registry, Journal journal, Shipper shipper) {
    FunctionCounter.builder("meshguard.journal.records", journal, Journal::records)
        .description("Records on stable storage since the start")
        .register(registry);
    FunctionCounter.builder("meshguard.journal.forces", journal, Journal::forces)
        .description("Forces since the start; records by forces is the size of a group")
        .register(registry);
    Gauge.builder("meshguard.journal.bytes", journal, Journal::bytes)
        .description("Room that the segments take")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("meshguard.journal.open", journal, JournalMetrics::isOpen)
        .description("1 while the journal takes records")
        .register(registry);
    Gauge.builder("meshguard.shipper.lag.records", shipper, Shipper::lag)
        .description("Stored records that the audit-service has not committed")
        .register(registry);
    Gauge.builder("meshguard.shipper.behind.seconds", shipper, Shipper::behindSeconds)
        .description("Since when the oldest of them waits, at most")
        .register(registry);
    Gauge.builder("meshguard.shipper.conflict", shipper, s -> s.isInConflict() ? 1 : 0)
        .description("1 when the audit-service holds other evidence: an alarm")
        .register(registry);
  }

  private static double isOpen(Journal journal) {
    return journal.state().kind() == JournalState.Kind.OPEN ? 1 : 0;
  }
}
