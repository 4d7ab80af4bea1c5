package app.meshguard.audit.credential;

import app.meshguard.audit.platform.Refused;
import app.meshguard.wire.AdminIdentity;
import app.meshguard.wire.ApiKey;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.ServiceHeaders;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets through who holds an admin token with {@code audit:read}, and notes the tenant. */
@Provider
@NeedsAuditRead
final class AuditReadFilter implements ContainerRequestFilter {
  private static final String PERMISSION = "audit:read";
  private static final String BEARER = "Bearer ";

  private final AdminTokens tokens;
  private final AdminCaller caller;

  @Inject
  AuditReadFilter(AdminTokens tokens, AdminCaller caller) {
    this.tokens = tokens;
    this.caller = caller;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    AdminIdentity identity =
        token(request)
            .filter(key -> key.kind() == ApiKey.Kind.ADMIN_TOKEN)
            .flatMap(tokens::resolve)
            .orElseThrow(
                () ->
                    new Refused(
                        ProblemCode.UNAUTHORIZED,
                        "Send a valid admin token (msat_…) in X-Admin-Token."));
    if (!identity.permissions().contains(PERMISSION)) {
      throw new Refused(ProblemCode.FORBIDDEN, "This needs the permission " + PERMISSION + ".");
    }
    caller.is(identity.tenantId());
  }

  /** X-Admin-Token counts first: clients send the API key as the bearer beside it. */
  private static Optional<ApiKey> token(ContainerRequestContext request) {
    @Nullable String token = request.getHeaderString("X-Admin-Token");
    if (token == null) {
      @Nullable String bearer = request.getHeaderString(ServiceHeaders.AUTHORIZATION);
      token = bearer != null && bearer.startsWith(BEARER) ? bearer.substring(BEARER.length()) : "";
    }
    return ApiKey.parse(token);
  }
}
