package app.meshguard.audit.credential;

import app.meshguard.audit.platform.Refused;
import app.meshguard.identity.TrustedServices;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.ServiceHeaders;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.List;
import java.util.Optional;

/** Lets other services through that are named, known by their service tokens. */
abstract class ServiceCallers implements ContainerRequestFilter {
  // Filters are made while the service is built, before there is any setting: looked up when
  // called.
  private final Instance<TrustedServices> trusted;
  private final List<String> services;

  ServiceCallers(Instance<TrustedServices> trusted, List<String> services) {
    this.trusted = trusted;
    this.services = List.copyOf(services);
  }

  /** Is told who was let through. */
  void passes(String service) {}

  @Override
  public final void filter(ContainerRequestContext request) {
    String bearer = request.getHeaderString(ServiceHeaders.AUTHORIZATION);
    Optional<String> caller =
        bearer == null ? Optional.empty() : trusted.get().caller(bearer).filter(services::contains);
    passes(
        caller.orElseThrow(
            () ->
                new Refused(
                    ProblemCode.UNAUTHORIZED,
                    "Only the " + String.join(" or the ", services) + " may call this.")));
  }
}
