package app.meshguard.local.front;

import io.vertx.core.MultiMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The headers that belong to a message and not to the connection it came by (RFC 9110, 7.6.1). */
final class Headers {
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "expect");

  private Headers() {}

  static void copyEndToEnd(MultiMap from, MultiMap to) {
    Set<String> dropped = new HashSet<>(OF_THE_CONNECTION);
    for (String connection : from.getAll("connection")) {
      for (String name : connection.split(",", -1)) {
        dropped.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    for (Map.Entry<String, String> header : from) {
      if (!dropped.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        to.add(header.getKey(), header.getValue());
      }
    }
  }
}
