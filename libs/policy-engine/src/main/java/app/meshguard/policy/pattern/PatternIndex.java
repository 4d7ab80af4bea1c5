package app.meshguard.policy.pattern;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries whose pattern matches an action, without trying them one by one: by verb, then
 * by whole resource, literal prefix or literal suffix. Immutable.
 */
public final class PatternIndex<E extends PatternIndex.Entry> {
  /** Something with a pattern, and a place among the others. */
  public interface Entry {
    ActionPattern pattern();

    /** Unique in the index; matches come in ascending order. */
    int order();
  }

  private record VerbGroup<E extends Entry>(Glob verb, ResourceIndex<E> resources) {}

  private final LiteralTable<ResourceIndex<E>> byVerb;
  private final @Nullable ResourceIndex<E> everyVerb;
  private final List<VerbGroup<E>> verbGlobs;

  public PatternIndex(List<E> entries) {
    Map<Glob, List<E>> groups = new HashMap<>();
    for (E entry : entries) {
      groups.computeIfAbsent(entry.pattern().verb(), unused -> new ArrayList<>()).add(entry);
    }
    Map<String, ResourceIndex<E>> literal = new HashMap<>();
    List<VerbGroup<E>> globs = new ArrayList<>();
    ResourceIndex<E> every = null;
    for (Map.Entry<Glob, List<E>> group : groups.entrySet()) {
      ResourceIndex<E> resources = new ResourceIndex<>(group.getValue());
      if (group.getKey().isEverything()) {
        every = resources;
      } else if (group.getKey().isLiteral()) {
        literal.put(group.getKey().text(), resources);
      } else {
        globs.add(new VerbGroup<>(group.getKey(), resources));
      }
    }
    this.byVerb = new LiteralTable<>(literal, false);
    this.everyVerb = every;
    this.verbGlobs = List.copyOf(globs);
  }

  /** The entries whose pattern matches the action. */
  public Matches<E> matching(String action) {
    Matches<E> matches = new Matches<>();
    int hash = 0;
    int verbEnd = 0;
    while (verbEnd < action.length() && action.charAt(verbEnd) != ':') {
      hash = LiteralTable.roll(hash, action.charAt(verbEnd++));
    }
    int from = Math.min(verbEnd + 1, action.length());
    if (byVerb.hasLength(verbEnd)) {
      ResourceIndex<E> resources = byVerb.get(hash, action, 0, verbEnd);
      if (resources != null) {
        resources.collect(action, from, matches);
      }
    }
    if (everyVerb != null) {
      everyVerb.collect(action, from, matches);
    }
    for (int i = 0; i < verbGlobs.size(); i++) {
      VerbGroup<E> group = verbGlobs.get(i);
      if (group.verb().matches(action, 0, verbEnd)) {
        group.resources().collect(action, from, matches);
      }
    }
    return matches;
  }
}
