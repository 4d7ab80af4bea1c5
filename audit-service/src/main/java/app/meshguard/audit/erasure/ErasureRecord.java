package app.meshguard.audit.erasure;

import app.meshguard.audit.platform.SystemRecord;
import app.meshguard.audit.subject.SubjectPath;
import app.meshguard.wire.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What the log tells of an erasure: the pseudonym, never the value, and which entries it destroyed.
 * So many that one record cannot name them are named in several.
 */
final class ErasureRecord {
  private static final int RANGES = 1_000;

  private ErasureRecord() {}

  static List<byte[]> of(TenantId tenant, Erasure erasure, List<Long> indexes) {
    List<String> ranges = ranges(indexes);
    int parts = Math.max(1, (ranges.size() + RANGES - 1) / RANGES);
    Instant finished = Objects.requireNonNull(erasure.finishedAt(), "it is still at work");
    List<byte[]> records = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      Map<String, Object> facts = new TreeMap<>();
      facts.put("by", Map.of("id", erasure.requestedBy(), "kind", "admin_token"));
      facts.put("erasure", erasure.id());
      facts.put("subject", erasure.subject().pseudonym().toString());
      facts.put("paths", erasure.subject().paths().stream().map(SubjectPath::text).toList());
      facts.put("requestedAt", erasure.requestedAt().toString());
      facts.put("endIndex", erasure.endIndex());
      facts.put("erased", erasure.erased());
      facts.put("held", erasure.held());
      facts.put("heldBy", erasure.heldBy());
      facts.put("unerasable", erasure.unerasable());
      facts.put("unreadable", erasure.unreadable());
      facts.put(
          "indexes", ranges.subList(part * RANGES, Math.min(ranges.size(), (part + 1) * RANGES)));
      facts.put("part", part + 1);
      facts.put("parts", parts);
      String id = "sys_" + erasure.id().substring("era_".length()) + (part == 0 ? "" : "p" + part);
      records.add(SystemRecord.of(tenant, id, finished, "erasure.run", facts));
    }
    return records;
  }

  /** Ascending indexes, as {@code 7} and {@code 9-12}. */
  static List<String> ranges(List<Long> indexes) {
    List<String> ranges = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < indexes.size(); i++) {
      if (i + 1 == indexes.size() || indexes.get(i + 1) != indexes.get(i) + 1) {
        long first = indexes.get(start);
        long last = indexes.get(i);
        ranges.add(first == last ? Long.toString(first) : first + "-" + last);
        start = i + 1;
      }
    }
    return ranges;
  }
}
