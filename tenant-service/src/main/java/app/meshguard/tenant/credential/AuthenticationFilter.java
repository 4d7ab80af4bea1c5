package app.meshguard.tenant.credential;

import app.meshguard.identity.TrustedServices;
import app.meshguard.tenant.platform.CalledBy;
import app.meshguard.tenant.platform.Caller;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.tenant.platform.Requires;
import app.meshguard.tenant.platform.Unauthenticated;
import app.meshguard.wire.AdminIdentity;
import app.meshguard.wire.ApiKey;
import app.meshguard.wire.ProblemCode;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Lets a request in when its operation says who may call it and the caller is that. */
@Singleton
class AuthenticationFilter {
  private static final String ADMIN_TOKEN = "X-Admin-Token";

  private final AdminCredentials admins;
  private final TrustedServices services;
  private final Caller caller;

  AuthenticationFilter(AdminCredentials admins, TrustedServices services, Caller caller) {
    this.admins = admins;
    this.services = services;
    this.caller = caller;
  }

  @ServerRequestFilter
  Uni<Void> authenticate(ContainerRequestContext request, ResourceInfo resource) {
    Method operation = resource.getResourceMethod();
    if (operation.isAnnotationPresent(Unauthenticated.class)) {
      return Uni.createFrom().voidItem();
    }
    CalledBy calledBy = operation.getAnnotation(CalledBy.class);
    if (calledBy != null) {
      authenticateService(request, List.of(calledBy.value()));
      return Uni.createFrom().voidItem();
    }
    Requires requires = operation.getAnnotation(Requires.class);
    if (requires == null) {
      throw new IllegalStateException("an operation says nothing of who may call it: " + operation);
    }
    return authenticateAdmin(request, requires.value().text());
  }

  private void authenticateService(ContainerRequestContext request, List<String> allowed) {
    String bearer = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    Optional<String> service = bearer == null ? Optional.empty() : services.caller(bearer);
    if (service.isEmpty() || !allowed.contains(service.get())) {
      throw new RequestRefused(
          ProblemCode.UNAUTHORIZED, "A service token of a service that may call this is required.");
    }
  }

  private Uni<Void> authenticateAdmin(ContainerRequestContext request, String permission) {
    String text = token(request);
    if (text == null) {
      throw new RequestRefused(
          ProblemCode.UNAUTHORIZED,
          "An admin token is required: X-Admin-Token: msat_…, or Authorization: Bearer msat_….");
    }
    ApiKey token =
        ApiKey.parse(text)
            .filter(key -> key.kind() == ApiKey.Kind.ADMIN_TOKEN)
            .orElseThrow(AuthenticationFilter::wrong);
    return admins
        .find(new AdminIdentity.Query(token.tenant(), token.keyId(), token.sha256()))
        .onItem()
        .ifNull()
        .failWith(AuthenticationFilter::wrong)
        .invoke(
            admin -> {
              if (!admin.permissions().contains(permission)) {
                throw new RequestRefused(
                    ProblemCode.FORBIDDEN,
                    "This operation needs the permission " + permission + ".");
              }
              caller.verified(
                  admin,
                  request.getMethod() + " " + request.getUriInfo().getPath(),
                  request.getHeaderString("Idempotency-Key"));
            })
        .replaceWithVoid();
  }

  private static @Nullable String token(ContainerRequestContext request) {
    String header = request.getHeaderString(ADMIN_TOKEN);
    if (header != null) {
      return header;
    }
    String bearer = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    return bearer != null && bearer.regionMatches(true, 0, "Bearer ", 0, 7)
        ? bearer.substring(7).strip()
        : null;
  }

  private static RequestRefused wrong() {
    return new RequestRefused(
        ProblemCode.UNAUTHORIZED, "The admin token is wrong, expired or revoked.");
  }
}
