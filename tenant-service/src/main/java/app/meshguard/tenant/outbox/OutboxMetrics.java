package app.meshguard.tenant.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What operators watch. */
@Singleton
class OutboxMetrics {
  private final Shipper shipper;
  private final MeterRegistry registry;

  OutboxMetrics(Shipper shipper, MeterRegistry registry) {
    this.shipper = shipper;
    this.registry = registry;
  }

  void register(@Observes StartupEvent event) {
    Gauge.builder("meshguard.outbox.lag", shipper, s -> s.waiting().records())
        .description("Records of changes that the audit-service has not committed")
        .register(registry);
    Gauge.builder("meshguard.outbox.behind", shipper, s -> s.waiting().seconds())
        .baseUnit("seconds")
        .description("How long the oldest of them waits")
        .register(registry);
    Gauge.builder("meshguard.outbox.conflict", shipper, s -> s.isInConflict() ? 1 : 0)
        .description("1 when the audit-service holds other records: an alarm")
        .register(registry);
  }
}
