package app.meshguard.policy.pattern;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What an action matched: each entry once, in the entries' own order. For one call, one thread. */
public final class Matches<E extends PatternIndex.Entry> {
  private PatternIndex.@Nullable Entry[] entries = new PatternIndex.Entry[8];
  private int size;

  void add(E entry) {
    int order = entry.order();
    int at = size;
    while (at > 0 && get(at - 1).order() >= order) {
      at--;
    }
    if (at < size && get(at).order() == order) {
      return;
    }
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, size * 2);
    }
    System.arraycopy(entries, at, entries, at + 1, size - at);
    entries[at] = entry;
    size++;
  }

  public int size() {
    return size;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // below size there are entries, and add takes E
  public E get(int index) {
    return (E) entries[index];
  }

  /**
   * Overwrites an entry that was already read, so that a reader can keep the ones it still needs.
   */
  public void keep(int index, E entry) {
    entries[index] = entry;
  }
}
