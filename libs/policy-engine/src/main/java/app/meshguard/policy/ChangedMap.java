package app.meshguard.policy;

import app.meshguard.policy.condition.Proposal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map of values with one of them changed, however deep it stands. */
final class ChangedMap {
  private ChangedMap() {}

  /** A copy; null where something else is in the way. */
  static @Nullable Map<String, Object> of(Map<?, ?> map, List<String> path, Proposal proposal) {
    if (path.isEmpty()) {
      return null;
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, item) -> copy.put(String.valueOf(key), item));
    String name = path.getFirst();
    Object present = copy.get(name);
    Object changed;
    if (path.size() == 1) {
      changed = value(present, proposal);
    } else {
      Map<?, ?> inner = present instanceof Map<?, ?> below ? below : Map.of();
      boolean isInTheWay = present != null && !(present instanceof Map<?, ?>);
      changed = isInTheWay ? null : of(inner, path.subList(1, path.size()), proposal);
    }
    if (changed != null) {
      copy.put(name, changed);
    } else if (proposal.kind() == Proposal.Kind.CLEAR && path.size() == 1) {
      copy.remove(name);
    } else {
      return null;
    }
    return copy;
  }

  private static @Nullable Object value(@Nullable Object present, Proposal proposal) {
    List<Object> items = new ArrayList<>(present instanceof List<?> list ? list : List.of());
    Object value = proposal.value();
    return switch (proposal.kind()) {
      case SET -> value;
      case CLEAR -> null;
      case ADD -> value != null && items.add(value) ? items : null;
      case REMOVE -> items.remove(value) ? items : null;
    };
  }
}
