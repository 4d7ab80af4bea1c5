package app.meshguard.policy.condition;

import app.meshguard.policy.value.DurationText;
import app.meshguard.policy.value.JsonNull;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When two values are equal, and which is less. */
final class Values {
  private static final int MAX_DEPTH = 32;

  private Values() {}

  /**
   * Null that stands in the data equals null alone and is missing for all else; so is a comparison
   * of two types.
   */
  static Truth equal(@Nullable Object a, @Nullable Object b) {
    return equal(a, b, 0);
  }

  private static Truth equal(@Nullable Object a, @Nullable Object b, int depth) {
    if (a == null || b == null || depth > MAX_DEPTH) {
      return Truth.MISSING;
    }
    if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
      return Truth.of(x.compareTo(y) == 0);
    }
    if (a instanceof String x && b instanceof String y) {
      return Truth.of(x.equals(y));
    }
    if (a instanceof Boolean && b instanceof Boolean) {
      return Truth.of(a.equals(b));
    }
    if (a == JsonNull.NULL && b == JsonNull.NULL) {
      return Truth.TRUE;
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      return equalLists(x, y, depth + 1);
    }
    if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
      return equalMaps(x, y, depth + 1);
    }
    Integer order = compareDurations(a, b);
    return order == null ? Truth.MISSING : Truth.of(order == 0);
  }

  private static Truth equalLists(List<?> a, List<?> b, int depth) {
    if (a.size() != b.size()) {
      return Truth.FALSE;
    }
    Truth all = Truth.TRUE;
    for (int i = 0; i < a.size(); i++) {
      Truth one = equal(a.get(i), b.get(i), depth);
      if (one == Truth.FALSE) {
        return Truth.FALSE;
      }
      all = one == Truth.MISSING ? Truth.MISSING : all;
    }
    return all;
  }

  private static Truth equalMaps(Map<?, ?> a, Map<?, ?> b, int depth) {
    if (!a.keySet().equals(b.keySet())) {
      return Truth.FALSE;
    }
    Truth all = Truth.TRUE;
    for (Map.Entry<?, ?> entry : a.entrySet()) {
      Truth one = equal(entry.getValue(), b.get(entry.getKey()), depth);
      if (one == Truth.FALSE) {
        return Truth.FALSE;
      }
      all = one == Truth.MISSING ? Truth.MISSING : all;
    }
    return all;
  }

  /** Less than, equal or greater than zero; null when the two have no order. */
  static @Nullable Integer compare(@Nullable Object a, @Nullable Object b) {
    if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
      return x.compareTo(y);
    }
    if (a instanceof String x && b instanceof String y) {
      return x.compareTo(y);
    }
    return compareDurations(a, b);
  }

  /** A duration is compared with a duration, or with a text that says one. */
  private static @Nullable Integer compareDurations(@Nullable Object a, @Nullable Object b) {
    if (!(a instanceof Duration) && !(b instanceof Duration)) {
      return null;
    }
    Duration x = durationOf(a);
    Duration y = durationOf(b);
    return x == null || y == null ? null : (Integer) x.compareTo(y);
  }

  private static @Nullable Duration durationOf(@Nullable Object value) {
    return switch (value) {
      case Duration duration -> duration;
      case String text -> DurationText.parse(text);
      case null, default -> null;
    };
  }

  /**
   * Whether one of the items equals the value: missing when none does and one cannot be compared.
   */
  static Truth contains(List<?> items, @Nullable Object value) {
    if (value == null) {
      return Truth.MISSING;
    }
    Truth any = Truth.FALSE;
    for (int i = 0; i < items.size(); i++) {
      Truth one = equal(items.get(i), value);
      if (one == Truth.TRUE) {
        return Truth.TRUE;
      }
      any = one == Truth.MISSING ? Truth.MISSING : any;
    }
    return any;
  }
}
