package app.meshguard.tenant.impact;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Counts by key, of so many keys at most, so that memory stays bounded whatever is counted; one
 * that comes later than these is not among the most frequent by much.
 */
final class Tally<K> {
  private static final int MOST_KEYS = 10_000;

  private final Map<K, Long> counts = new HashMap<>();

  void add(K key) {
    if (counts.size() < MOST_KEYS || counts.containsKey(key)) {
      counts.merge(key, 1L, Long::sum);
    }
  }

  /** The most frequent keys, the most frequent first. */
  <T> List<T> most(int howMany, BiFunction<K, Long, T> view) {
    return counts.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<K, Long> e) -> -e.getValue())
                .thenComparing(e -> e.getKey().toString()))
        .limit(howMany)
        .map(e -> view.apply(e.getKey(), e.getValue()))
        .toList();
  }
}
