package app.meshguard.policy.pattern;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The entries of one verb by their resource pattern. */
final class ResourceIndex<E extends PatternIndex.Entry> {
  private final List<E> everything;
  private final LiteralAutomaton<List<E>> inner;
  private final LiteralTable<List<E>> whole;
  private final LiteralTable<List<E>> prefixes;
  private final LiteralTable<List<E>> suffixes;
  private final boolean coversBelow;

  ResourceIndex(List<E> entries) {
    List<E> all = new ArrayList<>();
    Map<String, List<E>> literal = new HashMap<>();
    Map<String, List<E>> byPrefix = new HashMap<>();
    Map<String, List<E>> bySuffix = new HashMap<>();
    Map<String, List<E>> byInner = new HashMap<>();
    boolean below = false;
    for (E entry : entries) {
      Glob resource = entry.pattern().resource();
      below |= entry.pattern().coversBelow();
      if (resource.isEverything()) {
        all.add(entry);
      } else if (resource.isLiteral()) {
        add(literal, resource.text(), entry);
      } else if (!resource.literalPrefix().isEmpty()) {
        add(byPrefix, resource.literalPrefix(), entry);
      } else if (!resource.literalSuffix().isEmpty()) {
        add(bySuffix, resource.literalSuffix(), entry);
      } else {
        add(byInner, resource.longestInnerLiteral(), entry);
      }
    }
    this.everything = List.copyOf(all);
    this.inner = new LiteralAutomaton<>(byInner);
    this.whole = new LiteralTable<>(literal, false);
    this.prefixes = new LiteralTable<>(byPrefix, false);
    this.suffixes = new LiteralTable<>(bySuffix, true);
    this.coversBelow = below;
  }

  private static <E> void add(Map<String, List<E>> map, String key, E entry) {
    map.computeIfAbsent(key, unused -> new ArrayList<>(1)).add(entry);
  }

  /** Collects what matches the resource that starts at the offset. */
  void collect(String action, int from, Matches<E> matches) {
    for (int i = 0; i < everything.size(); i++) {
      matches.add(everything.get(i));
    }
    if (!whole.isEmpty() || !prefixes.isEmpty()) {
      collectForward(action, from, matches);
    }
    if (!suffixes.isEmpty()) {
      collectBySuffix(action, from, matches);
    }
    if (!inner.isEmpty()) {
      inner.find(action, from, found -> addMatching(found, action, from, matches));
    }
  }

  private void collectForward(String action, int from, Matches<E> matches) {
    int length = action.length();
    int reach = Math.min(length, from + Math.max(whole.longest(), prefixes.longest()));
    int hash = 0;
    for (int at = from; ; at++) {
      boolean end = at == length;
      if (whole.hasLength(at - from) && (end || (coversBelow && isSeparator(action.charAt(at))))) {
        addWhole(whole.get(hash, action, from, at), end, matches);
      }
      if (prefixes.hasLength(at - from)) {
        addMatching(prefixes.get(hash, action, from, at), action, from, matches);
      }
      if (at >= reach) {
        return;
      }
      hash = LiteralTable.roll(hash, action.charAt(at));
    }
  }

  private void addWhole(@Nullable List<E> found, boolean end, Matches<E> matches) {
    if (found == null) {
      return;
    }
    for (int i = 0; i < found.size(); i++) {
      E entry = found.get(i);
      if (end || entry.pattern().coversBelow()) {
        matches.add(entry);
      }
    }
  }

  /** From the end, and for what covers below, from before each separator. */
  private void collectBySuffix(String action, int from, Matches<E> matches) {
    walkBack(action, from, action.length(), matches);
    if (coversBelow) {
      for (int at = from; at < action.length(); at++) {
        if (isSeparator(action.charAt(at))) {
          walkBack(action, from, at, matches);
        }
      }
    }
  }

  private void walkBack(String action, int from, int end, Matches<E> matches) {
    int reach = Math.max(from, end - suffixes.longest());
    int hash = 0;
    for (int at = end - 1; at >= reach; at--) {
      hash = LiteralTable.roll(hash, action.charAt(at));
      if (suffixes.hasLength(end - at)) {
        addMatching(suffixes.get(hash, action, at, end), action, from, matches);
      }
    }
  }

  private void addMatching(@Nullable List<E> found, String action, int from, Matches<E> matches) {
    if (found == null) {
      return;
    }
    for (int i = 0; i < found.size(); i++) {
      E entry = found.get(i);
      if (entry.pattern().matchesResource(action, from)) {
        matches.add(entry);
      }
    }
  }

  private static boolean isSeparator(char c) {
    return c == '.' || c == '/';
  }
}
