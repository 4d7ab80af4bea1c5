package app.meshguard.audit.credential;

import app.meshguard.audit.platform.Refused;
import app.meshguard.identity.TrustedServices;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.ServiceHeaders;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/** Lets one other service through, known by its service token. */
abstract class ServiceCallers implements ContainerRequestFilter {
  // Filters are made while the service is built, before there is any setting: looked up when
  // called.
  private final Instance<TrustedServices> trusted;
  private final String service;

  ServiceCallers(Instance<TrustedServices> trusted, String service) {
    this.trusted = trusted;
    this.service = service;
  }

  @Override
  public final void filter(ContainerRequestContext request) {
    String bearer = request.getHeaderString(ServiceHeaders.AUTHORIZATION);
    if (bearer == null || !trusted.get().caller(bearer).filter(service::equals).isPresent()) {
      throw new Refused(ProblemCode.UNAUTHORIZED, "Only the " + service + " may call this.");
    }
  }
}
