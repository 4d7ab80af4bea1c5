package app.meshguard.audit.credential;

import app.meshguard.audit.platform.Refused;
import app.meshguard.wire.AdminIdentity;
import app.meshguard.wire.ProblemCode;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;
import java.util.TreeSet;

/** Lets through who holds an admin token with all thirteen permissions, and notes the tenant. */
@Provider
@NeedsAuditWrite
final class AuditWriteFilter implements ContainerRequestFilter {
  private static final Set<String> ALL =
      Set.of(
          "agents:read",
          "agents:write",
          "agents:delete",
          "policies:read",
          "policies:write",
          "policies:delete",
          "audit:read",
          "alerts:read",
          "alerts:write",
          "trust:read",
          "trust:write",
          "billing:read",
          "billing:write");

  private final AdminAuthentication authentication;
  private final AdminCaller caller;

  @Inject
  AuditWriteFilter(AdminAuthentication authentication, AdminCaller caller) {
    this.authentication = authentication;
    this.caller = caller;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    authentication.let(request, caller, AuditWriteFilter::demand);
  }

  private static void demand(AdminIdentity identity) {
    Set<String> missing = new TreeSet<>(ALL);
    identity.permissions().forEach(missing::remove);
    if (!missing.isEmpty()) {
      throw new Refused(
          ProblemCode.FORBIDDEN,
          "This needs an admin token with all permissions. This one lacks "
              + String.join(", ", missing)
              + ".");
    }
  }
}
