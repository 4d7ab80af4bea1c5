package app.meshguard.tenant.platform;

import app.meshguard.wire.ProblemCode;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Answers {@code /api/v1/admin/…} as {@code /admin/…}, and refuses paths of no id. */
class PublicPaths {
  private static final String PREFIX = "/api/v1";

  @ServerRequestFilter(preMatching = true)
  void strip(ContainerRequestContext request) {
    URI uri = request.getUriInfo().getRequestUri();
    // No id has a control character, and the database takes no NUL.
    if (uri.getPath().chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      throw new RequestRefused(ProblemCode.NOT_FOUND, "There is nothing at this path.");
    }
    String path = uri.getRawPath();
    if (path.startsWith(PREFIX + "/admin/") || path.equals(PREFIX + "/signup")) {
      String rest = path.substring(PREFIX.length());
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      request.setRequestUri(URI.create(rest + query));
    }
  }
}
