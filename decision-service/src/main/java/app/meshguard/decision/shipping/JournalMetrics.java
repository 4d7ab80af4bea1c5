package app.meshguard.decision.shipping;

import app.meshguard.decision.evidence.Journal;
import app.meshguard.decision.evidence.JournalPressure;
import app.meshguard.decision.evidence.JournalState;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

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
    pressure(registry, journal, "bytes", JournalPressure::bytes);
    pressure(registry, journal, "age", JournalPressure::age);
    DistributionSummary group =
        DistributionSummary.builder("meshguard.journal.group")
            .description("Records that shared a force")
            .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
            .register(registry);
    Timer force =
        Timer.builder("meshguard.journal.force")
            .description("How long a force takes")
            .serviceLevelObjectives(
                Duration.ofNanos(250_000),
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(25),
                Duration.ofMillis(250))
            .register(registry);
    journal.meter(
        (records, nanos) -> {
          group.record(records);
          force.record(nanos, TimeUnit.NANOSECONDS);
        });
    Gauge.builder("meshguard.journal.open", journal, JournalMetrics::isOpen)
        .description("1 while the journal takes records")
        .register(registry);
    Gauge.builder("meshguard.shipper.lag.records", shipper, Shipper::lag)
        .description("Stored records that the audit-service has not committed")
        .register(registry);
    Gauge.builder(
            "meshguard.shipper.oldest.unshipped.seconds",
            journal,
            j -> j.oldestUnshipped().toMillis() / 1e3)
        .description("For how long the oldest of them has waited")
        .register(registry);
    Gauge.builder("meshguard.shipper.missing.records", shipper, Shipper::missing)
        .description("Records that the audit-service lost and the journal no longer has: an alarm")
        .register(registry);
    Gauge.builder("meshguard.shipper.conflict", shipper, s -> s.isInConflict() ? 1 : 0)
        .description("1 when the audit-service holds other evidence, or forks a log: an alarm")
        .register(registry);
  }

  private static void pressure(
      MeterRegistry registry, Journal journal, String of, ToDoubleFunction<JournalPressure> part) {
    Gauge.builder(
            "meshguard.journal.pressure",
            journal,
            j -> {
              try {
                return part.applyAsDouble(j.pressure());
              } catch (IOException e) {
                return Double.NaN;
              }
            })
        .description("How near the journal is to refusing decisions: 1 is when it does")
        .tag("of", of)
        .register(registry);
  }

  private static double isOpen(Journal journal) {
    return journal.state().kind() == JournalState.Kind.OPEN ? 1 : 0;
  }
}
