package app.meshguard.audit.credential;

import app.meshguard.audit.platform.Refused;
import app.meshguard.wire.AdminIdentity;
import app.meshguard.wire.ProblemCode;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Lets through who holds an admin token with {@code audit:read}, and notes the tenant. */
@Provider
@NeedsAuditRead
final class AuditReadFilter implements ContainerRequestFilter {
  private static final String PERMISSION = "audit:read";

  private final AdminAuthentication authentication;
  private final AdminCaller caller;

  @Inject
  AuditReadFilter(AdminAuthentication authentication, AdminCaller caller) {
    this.authentication = authentication;
    this.caller = caller;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    authentication.let(request, caller, AuditReadFilter::demand);
  }

  private static void demand(AdminIdentity identity) {
    if (!identity.permissions().contains(PERMISSION)) {
      throw new Refused(ProblemCode.FORBIDDEN, "This needs the permission " + PERMISSION + ".");
    }
  }
}
