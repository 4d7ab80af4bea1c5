package app.meshguard.audit.credential;

import app.meshguard.audit.platform.Refused;
import app.meshguard.identity.TrustedServices;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.ServiceHeaders;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Lets the decision-service through, known by its service token. */
@Provider
@FromDecisionService
final class DecisionServiceFilter implements ContainerRequestFilter {
  // Filters are made while the service is built, before there is any setting: looked up when
  // called.
  private final Instance<TrustedServices> trusted;

  @Inject
  DecisionServiceFilter(Instance<TrustedServices> trusted) {
    this.trusted = trusted;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String bearer = request.getHeaderString(ServiceHeaders.AUTHORIZATION);
    if (bearer == null
        || !trusted.get().caller(bearer).filter("decision-service"::equals).isPresent()) {
      throw new Refused(ProblemCode.UNAUTHORIZED, "Only the decision-service may call this.");
    }
  }
}
