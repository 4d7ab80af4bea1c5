package app.meshguard.decision.proxy;

import io.vertx.core.MultiMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which headers pass: not those of the connection, and not our credentials. */
final class ForwardedHeaders {
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "expect",
          "host",
          "http2-settings");

  private ForwardedHeaders() {}

  /** Copies what of the agent's headers goes to the target. */
  static void toTarget(MultiMap from, MultiMap to) {
    Set<String> named = namedByConnection(from);
    for (Map.Entry<String, String> header : from) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (passes(name, named) && !isOurCredential(name, header.getValue())) {
        to.add(header.getKey(), header.getValue());
      }
    }
  }

  /** Copies what of the target's headers goes to the agent. */
  static void toAgent(MultiMap from, MultiMap to) {
    Set<String> named = namedByConnection(from);
    for (Map.Entry<String, String> header : from) {
      if (passes(header.getKey().toLowerCase(Locale.ROOT), named)) {
        to.add(header.getKey(), header.getValue());
      }
    }
  }

  private static boolean passes(String name, Set<String> named) {
    return !HOP_BY_HOP.contains(name) && !named.contains(name) && !name.startsWith("x-meshguard-");
  }

  private static boolean isOurCredential(String name, String value) {
    return name.equals("x-admin-token")
        || (name.equals("authorization") && value.regionMatches(true, 0, "Bearer ", 0, 7));
  }

  private static Set<String> namedByConnection(MultiMap headers) {
    Set<String> named = new HashSet<>();
    for (String value : headers.getAll("Connection")) {
      for (String name : value.split(",", -1)) {
        named.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return named;
  }
}
