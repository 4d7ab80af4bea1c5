package app.meshguard.audit.sign;

import app.meshguard.audit.epoch.LogRow;
import app.meshguard.audit.guard.GuardedHead;
import app.meshguard.audit.tree.MissingTile;
import app.meshguard.audit.tree.RightEdge;
import app.meshguard.audit.tree.TileId;
import app.meshguard.audit.tree.TileReader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A log's tree with its new leaves. INVARIANT: what it continues is the head that was signed last,
 * and it passes through the highest head that the guard knows.
 */
final class Extension {
  private final LogRow log;
  private final RightEdge edge;

  private Extension(LogRow log, RightEdge edge) {
    this.log = log;
    this.edge = edge;
  }

  /** A reason for which nothing more may be signed for a log. */
  static final class Contradiction extends Exception {
    private static final long serialVersionUID = 1L;

    Contradiction(String why) {
      super(why, null, false, false);
    }
  }

  /** Extends the tree, or says why that would not be the same log. */
  static Extension of(
      LogRow log, TileReader tiles, List<byte[]> leaves, Optional<GuardedHead> known)
      throws Contradiction {
    RightEdge edge;
    try {
      edge = RightEdge.read(log.size(), tiles);
    } catch (MissingTile e) {
      throw new Contradiction("the stored right edge of the tree is not whole: " + e.getMessage());
    }
    if (!Arrays.equals(edge.root(), log.root())) {
      throw new Contradiction("the stored right edge of the tree is not the one signed last");
    }
    @Nullable GuardedHead ahead = known.filter(head -> head.size() >= log.size()).orElse(null);
    check(edge, ahead);
    for (byte[] leaf : leaves) {
      edge.append(leaf);
      check(edge, ahead);
    }
    if (ahead != null && ahead.size() > edge.size()) {
      throw new Contradiction(
          "it was signed with %s, and this database has only %d"
              .formatted(ahead.inWords(), edge.size()));
    }
    return new Extension(log, edge);
  }

  private static void check(RightEdge edge, @Nullable GuardedHead known) throws Contradiction {
    if (known != null && known.size() == edge.size() && !known.isOf(edge.root())) {
      throw new Contradiction(
          "it was signed with %s, and this database makes another root of so many"
              .formatted(known.inWords()));
    }
  }

  LogRow log() {
    return log;
  }

  boolean isLonger() {
    return edge.size() > log.size();
  }

  SortedMap<TileId, byte[]> tiles() {
    return edge.changed();
  }

  GuardedHead head() {
    return new GuardedHead(
        log.tenant(), log.epoch(), log.origin(), log.masterVersion(), edge.size(), edge.root());
  }
}
