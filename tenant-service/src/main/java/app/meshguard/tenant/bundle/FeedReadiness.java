package app.meshguard.tenant.bundle;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only while changes are heard of: otherwise this replica's heartbeats would be untrue. */
@Readiness
@ApplicationScoped
class FeedReadiness implements HealthCheck {
  private final ChangeListener listener;

  FeedReadiness(ChangeListener listener) {
    this.listener = listener;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("feed").status(listener.live()).build();
  }
}
