package app.meshguard.local.front;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which service a path belongs to. A path is passed on as it came; here it is only read, so that no
 * spelling of it leads a service to something that is not routed.
 *
 * <p>INVARIANT: a path that a service may read as another one, outside of the route that matched,
 * belongs to nobody. {@code /internal} is in no route.
 */
final class RouteTable {
  private static final String VERSIONED = "/api/v1";

  private static final Map<String, Upstream> EXACT =
      Map.of(
          "/", Upstream.DECISION,
          "/health", Upstream.DECISION,
          "/signup", Upstream.TENANT,
          "/.well-known/jwks.json", Upstream.TENANT);

  private static final Map<String, Upstream> BELOW =
      Map.of(
          "/proxy", Upstream.DECISION,
          "/v1", Upstream.DECISION,
          "/access", Upstream.DECISION,
          "/billing", Upstream.TENANT);

  private static final Map<String, Upstream> MANAGEMENT = management();

  private RouteTable() {}

  /**
   * The service for a path.
   *
   * @param path as it stands in the request line, without the query
   */
  static Optional<Upstream> find(String path) {
    Upstream exact = EXACT.get(path);
    if (exact != null) {
      return Optional.of(exact);
    }
    return below(path, "", BELOW)
        .or(() -> below(path, "", MANAGEMENT))
        .or(() -> below(path, VERSIONED, MANAGEMENT));
  }

  private static Optional<Upstream> below(
      String path, String before, Map<String, Upstream> routes) {
    for (Map.Entry<String, Upstream> route : routes.entrySet()) {
      String prefix = before + route.getKey();
      if (path.equals(prefix) || path.startsWith(prefix + "/")) {
        return staysBelow(prefix, path) ? Optional.of(route.getValue()) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Whether no {@code ..}, however it is encoded, climbs out of the route. */
  private static boolean staysBelow(String prefix, String path) {
    int depth = 0;
    for (String segment : plain(path.substring(prefix.length())).split("/", -1)) {
      if (segment.equals("..")) {
        depth--;
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        depth++;
      }
      if (depth < 0) {
        return false;
      }
    }
    return true;
  }

  /** The path as the most lenient reader would take it. */
  private static String plain(String path) {
    return path.replace("%2e", ".")
        .replace("%2E", ".")
        .replace("%2f", "/")
        .replace("%2F", "/")
        .replace("%5c", "/")
        .replace("%5C", "/")
        .replace('\\', '/')
        // Some readers drop what follows a semicolon in a segment.
        .replaceAll(";[^/]*", "");
  }

  private static Map<String, Upstream> management() {
    Map<String, Upstream> routes = new TreeMap<>();
    for (String name : List.of("tenant", "agents", "keys", "targets", "policies", "rbac")) {
      routes.put("/admin/" + name, Upstream.TENANT);
    }
    for (String name :
        List.of("audit", "analytics", "erasures", "holds", "reports", "retention", "siem")) {
      routes.put("/admin/" + name, Upstream.AUDIT);
    }
    return routes;
  }
}
