package app.meshguard.audit.sign;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says when logs are halted or cannot be signed. The service stays ready: evidence must be taken
 * all the same, and other tenants' logs go on.
 */
@Readiness
@ApplicationScoped
class SigningReadiness implements HealthCheck {
  static final String NAME = "transparency log";

  private final SigningState state;

  @Inject
  SigningReadiness(SigningState state) {
    this.state = state;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named(NAME).up();
    if (state.halted() > 0) {
      answer.withData("warning", state.halted() + " logs are halted: nothing is signed for them");
    }
    String failure = state.failure();
    if (failure != null) {
      answer.withData("failure", "nothing can be signed: " + failure);
    }
    return answer.build();
  }
}
