package app.meshguard.audit.credential;

import app.meshguard.identity.TrustedServices;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.ext.Provider;

/** Lets the decision-service through. */
@Provider
@FromDecisionService
final class DecisionServiceFilter extends ServiceCallers {
  @Inject
  DecisionServiceFilter(Instance<TrustedServices> trusted) {
    super(trusted, "decision-service");
  }
}
