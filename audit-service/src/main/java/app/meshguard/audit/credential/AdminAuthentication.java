package app.meshguard.audit.credential;

import app.meshguard.audit.platform.Refused;
import app.meshguard.wire.AdminIdentity;
import app.meshguard.wire.ApiKey;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.ServiceHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Knows by its admin token who sends a request. */
@ApplicationScoped
class AdminAuthentication {
  private static final String BEARER = "Bearer ";

  private final AdminTokens tokens;

  @Inject
  AdminAuthentication(AdminTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * Lets a request through.
   *
   * @param demand throws when the identity may not do this
   * @throws Refused as unauthorized, when the sender is nobody who is known
   */
  void let(ContainerRequestContext request, AdminCaller caller, Consumer<AdminIdentity> demand) {
    Optional<ApiKey> token = token(request).filter(key -> key.kind() == ApiKey.Kind.ADMIN_TOKEN);
    AdminIdentity identity =
        token
            .flatMap(tokens::resolve)
            .orElseThrow(
                () ->
                    new Refused(
                        ProblemCode.UNAUTHORIZED,
                        "Send a valid admin token (msat_…) in X-Admin-Token."));
    demand.accept(identity);
    caller.is(identity, () -> stillMay(token, demand));
  }

  private boolean stillMay(Optional<ApiKey> token, Consumer<AdminIdentity> demand) {
    try {
      Optional<AdminIdentity> identity = token.flatMap(tokens::resolve);
      identity.ifPresent(demand);
      return identity.isPresent();
    } catch (Refused e) {
      return false;
    }
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
