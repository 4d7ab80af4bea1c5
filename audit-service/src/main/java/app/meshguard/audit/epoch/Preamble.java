package app.meshguard.audit.epoch;

import app.meshguard.audit.guard.GuardedHead;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Leaf 0 of a successor (canonical JSON, RFC 8785): which log it follows, where that one ends in
 * this database, and the highest that is known to have been signed of it. Entries between the two
 * are lost here, and whoever holds a proof of one can show that it was there.
 */
final class Preamble {
  private Preamble() {}

  static byte[] bytes(LogRow previous, List<GuardedHead> signed) {
    String text =
        "{\"format\":1,\"kind\":\"log.succeeded\",\"previous\":"
            + head(previous.origin(), previous.root(), previous.size())
            + ",\"signed\":["
            + signed.stream()
                .map(head -> head(head.origin(), head.root(), head.size()))
                .collect(Collectors.joining(","))
            + "]}";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  // An origin is of letters, digits, dots, colons, hyphens and slashes: nothing is escaped.
  private static String head(String origin, byte[] root, long size) {
    return "{\"origin\":\"%s\",\"root\":\"%s\",\"size\":%d}"
        .formatted(origin, Base64.getEncoder().encodeToString(root), size);
  }
}
