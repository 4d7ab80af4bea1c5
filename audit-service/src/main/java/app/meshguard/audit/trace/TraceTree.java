package app.meshguard.audit.trace;

import app.meshguard.audit.search.AuditEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the entries of a trace under what caused them: an outcome under its decision, all else under
 * the entry whose id or span its parentId names. What names no entry of the trace is a root; so is
 * the oldest of entries that name each other in a circle.
 */
final class TraceTree {
  /** Deeper ones stand beside each other at this depth: JSON readers have a limit. */
  private static final int DEEPEST = 100;

  private final Map<String, TraceEntry> byId = new HashMap<>();
  private final Map<String, List<TraceEntry>> outcomes = new HashMap<>();
  private final Map<TraceEntry, List<TraceEntry>> children = new IdentityHashMap<>();
  private final Set<TraceEntry> placed = Collections.newSetFromMap(new IdentityHashMap<>());

  private TraceTree() {}

  /**
   * Builds the tree.
   *
   * @param entries oldest first
   */
  static List<TraceNode> of(List<TraceEntry> entries) {
    return new TraceTree().build(entries);
  }

  private List<TraceNode> build(List<TraceEntry> entries) {
    for (TraceEntry entry : entries) {
      if (!entry.isOutcome()) {
        note(entry.columns().decisionId(), entry);
        note(entry.columns().spanId(), entry);
      }
    }
    List<TraceEntry> roots = new ArrayList<>();
    for (TraceEntry entry : entries) {
      String id = entry.columns().decisionId();
      if (entry.isOutcome() && id != null && byId.containsKey(id)) {
        outcomes.computeIfAbsent(id, key -> new ArrayList<>()).add(entry);
        placed.add(entry);
        continue;
      }
      TraceEntry parent = parent(entry);
      if (parent == null) {
        roots.add(entry);
      } else {
        children.computeIfAbsent(parent, key -> new ArrayList<>()).add(entry);
      }
    }
    List<TraceNode> nodes = new ArrayList<>();
    roots.forEach(root -> nodes.add(node(root)));
    // Whoever was not reached stands in a circle.
    for (TraceEntry entry : entries) {
      if (!placed.contains(entry)) {
        nodes.add(node(entry));
      }
    }
    return nodes;
  }

  private void note(@Nullable String id, TraceEntry entry) {
    if (id != null) {
      byId.putIfAbsent(id, entry);
    }
  }

  private @Nullable TraceEntry parent(TraceEntry entry) {
    String id = entry.columns().parentId();
    TraceEntry parent = id == null ? null : byId.get(id);
    return parent == entry ? null : parent;
  }

  private TraceNode node(TraceEntry entry) {
    placed.add(entry);
    return node(entry, nodesUnder(entry, 1));
  }

  private List<TraceNode> nodesUnder(TraceEntry entry, int depth) {
    List<TraceNode> nodes = new ArrayList<>();
    for (TraceEntry child : children.getOrDefault(entry, List.of())) {
      if (placed.add(child)) {
        List<TraceNode> below = nodesUnder(child, Math.min(depth + 1, DEEPEST));
        if (depth >= DEEPEST) {
          nodes.add(node(child, List.of()));
          nodes.addAll(below);
        } else {
          nodes.add(node(child, below));
        }
      }
    }
    return nodes;
  }

  private TraceNode node(TraceEntry entry, List<TraceNode> below) {
    String id = entry.columns().decisionId();
    List<TraceEntry> became =
        entry.isOutcome() || id == null || byId.get(id) != entry
            ? List.of()
            : outcomes.getOrDefault(id, List.of());
    @Nullable Duration took = entry.took();
    for (TraceEntry outcome : became) {
      took = outcome.took() == null ? took : outcome.took();
    }
    List<AuditEntry> told = became.stream().map(TraceEntry::entry).toList();
    return new TraceNode(entry.entry(), took == null ? null : took.toNanos() / 1e6, told, below);
  }
}
