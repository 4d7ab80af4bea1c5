package app.meshguard.audit.platform;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;

/** Lets {@code /api/v1/admin/…} answer as {@code /admin/…} does; no other path has a prefix. */
@Provider
@PreMatching
final class ApiPrefixFilter implements ContainerRequestFilter {
  private static final String PREFIX = "/api/v1";

  @Override
  public void filter(ContainerRequestContext request) {
    UriInfo uri = request.getUriInfo();
    String path = uri.getRequestUri().getRawPath();
    if (path.startsWith(PREFIX + "/admin/")) {
      request.setRequestUri(
          uri.getRequestUriBuilder().replacePath(path.substring(PREFIX.length())).build());
    }
  }
}
