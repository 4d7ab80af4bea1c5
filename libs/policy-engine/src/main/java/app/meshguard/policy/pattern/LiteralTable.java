package app.meshguard.policy.pattern;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values by text, looked up with a hash that the caller rolls over a part of a longer text, so that
 * every prefix of an action is tried without cutting it out.
 */
final class LiteralTable<V> {
  private final @Nullable String[] keys;
  private final @Nullable Object[] values;
  private final boolean[] lengths;
  private final boolean backward;

  /**
   * @param backward whether hashes are rolled from the last character to the first
   */
  LiteralTable(Map<String, V> entries, boolean backward) {
    this.backward = backward;
    int size = Integer.highestOneBit(Math.max(4, entries.size() * 2)) * 2;
    this.keys = new String[size];
    this.values = new Object[size];
    this.lengths = new boolean[longest(entries) + 1];
    entries.forEach(this::put);
  }

  private static int longest(Map<String, ?> entries) {
    return entries.keySet().stream().mapToInt(String::length).max().orElse(-1);
  }

  static int roll(int hash, char next) {
    return hash * 31 + next;
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ (mixed >>> 15);
  }

  private void put(String key, V value) {
    int hash = 0;
    for (int i = 0; i < key.length(); i++) {
      hash = roll(hash, key.charAt(backward ? key.length() - 1 - i : i));
    }
    int slot = spread(hash) & (keys.length - 1);
    while (keys[slot] != null) {
      slot = (slot + 1) & (keys.length - 1);
    }
    keys[slot] = key;
    values[slot] = value;
    lengths[key.length()] = true;
  }

  boolean isEmpty() {
    return lengths.length == 0;
  }

  /** The length of the longest key, -1 without keys. */
  int longest() {
    return lengths.length - 1;
  }

  boolean hasLength(int length) {
    return length < lengths.length && lengths[length];
  }

  @SuppressWarnings("unchecked") // only put writes values, and it takes V
  @Nullable V get(int hash, String subject, int from, int to) {
    int slot = spread(hash) & (keys.length - 1);
    while (true) {
      String key = keys[slot];
      if (key == null) {
        return null;
      }
      if (key.length() == to - from && subject.startsWith(key, from)) {
        return (V) values[slot];
      }
      slot = (slot + 1) & (keys.length - 1);
    }
  }
}
