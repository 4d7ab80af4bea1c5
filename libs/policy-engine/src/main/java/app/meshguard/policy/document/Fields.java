package app.meshguard.policy.document;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of data may be read, by name: those that are allowed and not denied, and no others.
 */
public record Fields(List<String> allow, List<String> deny) {
  public Fields {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }

  /** What both let be read; null lets everything be. */
  public static @Nullable Fields both(@Nullable Fields a, @Nullable Fields b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    Set<String> allowed = new LinkedHashSet<>(a.allow);
    allowed.retainAll(b.allow);
    Set<String> denied = new LinkedHashSet<>(a.deny);
    denied.addAll(b.deny);
    return new Fields(List.copyOf(allowed), List.copyOf(denied));
  }

  /** As it is written in answers and records. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("allow", allow);
    map.put("deny", deny);
    return map;
  }
}
