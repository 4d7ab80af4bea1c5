package app.meshguard.decision.health;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means that this replica can decide safely. */
@Readiness
class DecisionReadiness implements HealthCheck {
  private final SafeToDecide safe;

  DecisionReadiness(SafeToDecide safe) {
    this.safe = safe;
  }

  @Override
  public HealthCheckResponse call() {
    String obstacle = safe.obstacle();
    return obstacle == null
        ? HealthCheckResponse.up("decisions")
        : HealthCheckResponse.named("decisions").down().withData("reason", obstacle).build();
  }
}
