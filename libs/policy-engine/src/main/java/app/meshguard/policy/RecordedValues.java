package app.meshguard.policy;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The few values that a rule wants recorded, by name. Made on each decision, so it is two arrays,
 * of which the names' is the rule's own.
 */
final class RecordedValues extends AbstractMap<String, Object> {
  private final String[] names;
  private final Object[] values;

  RecordedValues(String[] names, Object[] values) {
    this.names = names;
    this.values = values;
  }

  @Override
  public int size() {
    return names.length;
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(key)) {
        return values[i];
      }
    }
    return null;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return get(key) != null;
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Entry<String, Object>> {
    @Override
    public int size() {
      return names.length;
    }

    @Override
    public Iterator<Entry<String, Object>> iterator() {
      return new Iterator<>() {
        private int at;

        @Override
        public boolean hasNext() {
          return at < names.length;
        }

        @Override
        public Entry<String, Object> next() {
          if (at >= names.length) {
            throw new NoSuchElementException();
          }
          return Map.entry(names[at], values[at++]);
        }
      };
    }
  }
}
