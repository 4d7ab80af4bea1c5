package app.meshguard.tenant.platform;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Answers {@code /api/v1/admin/…} as {@code /admin/…}, for the published clients. */
class PublicPaths {
  private static final String PREFIX = "/api/v1";

  @ServerRequestFilter(preMatching = true)
  void strip(ContainerRequestContext request) {
    URI uri = request.getUriInfo().getRequestUri();
    String path = uri.getRawPath();
    if (path.startsWith(PREFIX + "/admin/") || path.equals(PREFIX + "/signup")) {
      String rest = path.substring(PREFIX.length());
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      request.setRequestUri(URI.create(rest + query));
    }
  }
}
