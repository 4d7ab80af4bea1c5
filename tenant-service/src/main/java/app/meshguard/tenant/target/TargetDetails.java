package app.meshguard.tenant.target;

import app.meshguard.policy.pattern.ActionPattern;
import app.meshguard.tenant.platform.RequestObject;
import app.meshguard.wire.bundle.DirectorySection.RouteEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an admin says of a target, but for the secrets. */
record TargetDetails(
    String name,
    String baseUrl,
    String declaredActions,
    List<RouteEntry> routes,
    Map<String, Object> env) {
  private static final int MOST_ROUTES = 500;
  private static final Set<String> METHODS =
      Set.of("*", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  TargetDetails {
    routes = List.copyOf(routes);
  }

  private static final TargetDetails BLANK = new TargetDetails("", "", "also", List.of(), Map.of());

  static TargetDetails read(RequestObject json, TargetUrls urls) {
    return BLANK.with(
        json,
        json.requiredText("name", 128),
        urls.checked(json, json.requiredText("baseUrl", 1024)));
  }

  /** These details with what the request says otherwise. */
  TargetDetails patched(RequestObject json, TargetUrls urls) {
    return with(
        json,
        json.has("name") ? json.requiredText("name", 128) : name,
        json.has("baseUrl") ? urls.checked(json, json.requiredText("baseUrl", 1024)) : baseUrl);
  }

  private TargetDetails with(RequestObject json, String newName, String newUrl) {
    String declared = json.choice("declaredActions", List.of("also", "trusted"));
    return new TargetDetails(
        newName,
        newUrl,
        declared == null ? declaredActions : declared,
        json.has("routes") ? routes(json) : routes,
        json.has("env") ? json.map("env", 16_384) : env);
  }

  private static List<RouteEntry> routes(RequestObject json) {
    List<RouteEntry> routes = new ArrayList<>();
    for (RequestObject route : json.objects("routes", MOST_ROUTES)) {
      String method = route.text("method", 16);
      String path = route.requiredText("path", 512);
      String action = route.requiredText("action", 512);
      if (method != null && !METHODS.contains(method)) {
        route.fault("method", "must be * or an HTTP method in capitals, such as POST");
      }
      if (!path.isEmpty() && !path.matches("/[\\x21-\\x7e&&[^?#\\\\]]*")) {
        route.fault("path", "must begin with / and have no blank, ?, # or \\");
      }
      String problem = action.isEmpty() ? null : ActionPattern.problemOf(action);
      if (problem != null || action.contains("*")) {
        route.fault("action", "must be one action, such as write:refund");
      }
      routes.add(new RouteEntry(method == null ? "*" : method, path, action));
    }
    return routes;
  }
}
