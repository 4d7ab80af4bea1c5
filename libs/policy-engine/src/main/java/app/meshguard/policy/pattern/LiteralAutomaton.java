package app.meshguard.policy.pattern;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds all of many literals inside a text in one pass (Aho-Corasick), for patterns such as {@code
 * *order*} that no prefix or suffix tells apart.
 */
final class LiteralAutomaton<V> {
  private static final int ROOT = 0;

  /** Next state by state and character. */
  private final long[] keys;

  private final int[] targets;
  private final int[] fallbacks;

  /** For each state the next shorter one, over fallbacks, that has a value; the root ends it. */
  private final int[] shorter;

  private final List<@Nullable V> values = new ArrayList<>();

  /** For each state that has a value, which of the literals it is. */
  private final int[] ordinals;

  private final int literalCount;

  LiteralAutomaton(Map<String, V> literals) {
    Map<Long, Integer> next = new HashMap<>();
    values.add(null);
    literals.forEach((literal, value) -> add(next, literal, value));
    int size = Integer.highestOneBit(Math.max(4, next.size() * 2)) * 2;
    this.keys = new long[size];
    this.targets = new int[size];
    next.forEach(this::put);
    this.fallbacks = new int[values.size()];
    this.shorter = new int[values.size()];
    this.ordinals = new int[values.size()];
    this.literalCount = literals.size();
    link(next);
    number();
  }

  private void add(Map<Long, Integer> next, String literal, V value) {
    int state = ROOT;
    for (int i = 0; i < literal.length(); i++) {
      long key = key(state, literal.charAt(i));
      Integer known = next.get(key);
      if (known == null) {
        known = values.size();
        next.put(key, known);
        values.add(null);
      }
      state = known;
    }
    values.set(state, value);
  }

  /** Never zero, which marks a free slot. */
  private static long key(int state, char c) {
    return ((long) (state + 1) << 16) | c;
  }

  private static int slot(long key, int mask) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 40) & mask;
  }

  private void put(long key, int target) {
    int slot = slot(key, keys.length - 1);
    while (keys[slot] != 0) {
      slot = (slot + 1) & (keys.length - 1);
    }
    keys[slot] = key;
    targets[slot] = target;
  }

  /** The next state without falling back, -1 when there is none. */
  private int step(int state, char c) {
    long key = key(state, c);
    int slot = slot(key, keys.length - 1);
    while (keys[slot] != 0) {
      if (keys[slot] == key) {
        return targets[slot];
      }
      slot = (slot + 1) & (keys.length - 1);
    }
    return -1;
  }

  private void link(Map<Long, Integer> next) {
    Map<Integer, List<Long>> edges = new HashMap<>();
    next.keySet()
        .forEach(
            key -> edges.computeIfAbsent((int) (key >>> 16) - 1, s -> new ArrayList<>()).add(key));
    ArrayDeque<Integer> waiting = new ArrayDeque<>(List.of(ROOT));
    while (!waiting.isEmpty()) {
      int state = waiting.remove();
      for (long key : edges.getOrDefault(state, List.of())) {
        int child = step(state, (char) key);
        fallbacks[child] = state == ROOT ? ROOT : walk(fallbacks[state], (char) key);
        int fallback = fallbacks[child];
        shorter[child] = values.get(fallback) == null ? shorter[fallback] : fallback;
        waiting.add(child);
      }
    }
  }

  private void number() {
    int next = 0;
    for (int state = 0; state < ordinals.length; state++) {
      ordinals[state] = values.get(state) == null ? -1 : next++;
    }
  }

  private int walk(int from, char c) {
    int state = from;
    while (true) {
      int next = step(state, c);
      if (next >= 0) {
        return next;
      }
      if (state == ROOT) {
        return ROOT;
      }
      state = fallbacks[state];
    }
  }

  boolean isEmpty() {
    return values.size() == 1;
  }

  /**
   * Hands over the value of each literal that stands in the text from the offset on, once however
   * often it stands there: a text of one letter would else have each pattern tried at each letter.
   */
  void find(String text, int from, Consumer<V> found) {
    long[] seen = null;
    int state = ROOT;
    for (int i = from; i < text.length(); i++) {
      state = walk(state, text.charAt(i));
      for (int at = state; at != ROOT; at = shorter[at]) {
        V value = values.get(at);
        if (value != null) {
          seen = seen == null ? new long[(literalCount + 63) / 64] : seen;
          int ordinal = ordinals[at];
          long bit = 1L << ordinal;
          if ((seen[ordinal / 64] & bit) == 0) {
            seen[ordinal / 64] |= bit;
            found.accept(value);
          }
        }
      }
    }
  }
}
