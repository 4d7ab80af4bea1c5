package app.meshguard.decision.health;

import app.meshguard.decision.evidence.Journal;
import app.meshguard.decision.evidence.JournalPressure;
import java.io.IOException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Red before the journal is full, so that somebody looks while this replica still decides: that it
 * does, {@code /health} says.
 */
@Readiness
class JournalReadiness implements HealthCheck {
  private final Journal journal;

  JournalReadiness(Journal journal) {
    this.journal = journal;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("journal");
    try {
      JournalPressure pressure = journal.pressure();
      answer.status(!pressure.isAlarming());
      if (pressure.isAlarming()) {
        answer.withData(
            "reason",
            "the audit-service does not take records quickly enough: the journal has used %.0f %% of its room and %.0f %% of its longest age"
                .formatted(100 * pressure.bytes(), 100 * pressure.age()));
      }
    } catch (IOException e) {
      answer.down().withData("reason", "the journal's disk does not answer");
    }
    return answer.build();
  }
}
