package app.meshguard.decision.decide;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Counts decisions and how long they took, record included. */
@Singleton
class DecisionMeter {
  private final Timer[] timers;
  private final Counter unrecorded;

  DecisionMeter(MeterRegistry registry) {
    String[] outcomes = {"allow", "deny", "pending_approval"};
    this.timers = new Timer[Surface.values().length * outcomes.length];
    for (Surface surface : Surface.values()) {
      for (int i = 0; i < outcomes.length; i++) {
        timers[surface.ordinal() * outcomes.length + i] =
            Timer.builder("meshguard.decisions")
                .description("From the request to the stored record")
                .tag("surface", surface.text())
                .tag("decision", outcomes[i])
                .serviceLevelObjectives(
                    Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(25))
                .register(registry);
      }
    }
    this.unrecorded =
        Counter.builder("meshguard.decisions.unrecorded")
            .description("Calls answered 503 because their record could not be stored")
            .register(registry);
  }

  void decided(Decision decision) {
    AgentCall call = decision.decided().call();
    int outcome =
        switch (decision) {
          case Decision.Allow ignored -> 0;
          case Decision.Deny ignored -> 1;
          case Decision.PendingApproval ignored -> 2;
        };
    timers[call.surface().ordinal() * 3 + outcome].record(
        System.nanoTime() - call.startedAt(), TimeUnit.NANOSECONDS);
  }

  void unrecorded() {
    unrecorded.increment();
  }
}
