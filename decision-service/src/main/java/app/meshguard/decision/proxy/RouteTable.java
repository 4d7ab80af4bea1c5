package app.meshguard.decision.proxy;

import app.meshguard.wire.bundle.DirectorySection.RouteEntry;
import app.meshguard.wire.bundle.DirectorySection.TargetEntry;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names the action of a call to a target: the first route that matches, else method and path. The
 * globs are compiled to RE2: a path cannot make them slow.
 */
final class RouteTable {
  private final List<Route> routes = new ArrayList<>();

  private record Route(String method, Pattern path, String action) {}

  RouteTable(@Nullable TargetEntry target) {
    if (target != null) {
      for (RouteEntry entry : target.routes()) {
        routes.add(new Route(entry.method(), glob(entry.path()), entry.action()));
      }
    }
  }

  /** The action, or null when the method is none that can be governed. */
  @Nullable String action(String method, String path) {
    for (Route route : routes) {
      if ((route.method().equals("*") || route.method().equalsIgnoreCase(method))
          && route.path().matches(path)) {
        return route.action();
      }
    }
    return switch (method) {
      case "GET", "HEAD", "OPTIONS" -> "read:" + path;
      case "POST", "PUT", "PATCH" -> "write:" + path;
      case "DELETE" -> "delete:" + path;
      default -> null;
    };
  }

  private static Pattern glob(String path) {
    String text = path.startsWith("/") ? path.substring(1) : path;
    StringBuilder regex = new StringBuilder("(?s)");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '*') {
        regex.append(Pattern.quote(String.valueOf(c)));
      } else if (i + 1 < text.length() && text.charAt(i + 1) == '*') {
        regex.append(".*");
        i++;
      } else {
        regex.append("[^/]*");
      }
    }
    return Pattern.compile(regex.toString());
  }
}
