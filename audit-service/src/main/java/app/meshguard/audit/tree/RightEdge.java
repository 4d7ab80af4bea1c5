package app.meshguard.audit.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The growing edge of a tree: of each level the one tile that is not full. All that an append and
 * the root need, so that a tree of any size is extended from a few kilobytes.
 */
public final class RightEdge {
  private final TreeHasher hasher = new TreeHasher();
  private final List<byte[]> partial = new ArrayList<>();
  private final SortedMap<TileId, byte[]> filled = new TreeMap<>();
  private final SortedSet<Integer> touched = new TreeSet<>();
  private long size;

  private RightEdge(long size) {
    this.size = size;
  }

  /** The edge of a tree without leaves. */
  public static RightEdge empty() {
    return new RightEdge(0);
  }

  /** The edge of the tree of that size, as it is stored. */
  public static RightEdge read(long size, TileReader tiles) {
    RightEdge edge = new RightEdge(size);
    for (int level = 0; size >>> (8 * level) > 0 && level < 8; level++) {
      TileId id = last(level, size);
      int width = id.width(size);
      byte[] hashes = new byte[TileId.WIDTH * TreeHasher.LENGTH];
      if (width > 0) {
        System.arraycopy(tiles.tile(id, width), 0, hashes, 0, width * TreeHasher.LENGTH);
      }
      edge.partial.add(hashes);
    }
    return edge;
  }

  public long size() {
    return size;
  }

  /** Adds one leaf. */
  public void append(byte[] leafHash) {
    append(0, leafHash);
    size++;
  }

  private void append(int level, byte[] hash) {
    if (level == partial.size()) {
      partial.add(new byte[TileId.WIDTH * TreeHasher.LENGTH]);
    }
    TileId id = last(level, size);
    int width = id.width(size);
    byte[] hashes = partial.get(level);
    System.arraycopy(hash, 0, hashes, width * TreeHasher.LENGTH, TreeHasher.LENGTH);
    touched.add(level);
    if (width + 1 == TileId.WIDTH) {
      filled.put(id, hashes);
      partial.set(level, new byte[TileId.WIDTH * TreeHasher.LENGTH]);
      append(level + 1, hasher.complete(hashes, 0, TileId.WIDTH));
    }
  }

  /** The root of the tree as it is now. */
  public byte[] root() {
    @Nullable byte[] root = null;
    for (int level = 0; level < partial.size(); level++) {
      byte[] hashes = partial.get(level);
      int end = last(level, size).width(size);
      // The complete subtrees within the tile, the smallest first: it lies furthest to the right.
      for (int rest = end; rest > 0; rest -= Integer.lowestOneBit(rest)) {
        int count = Integer.lowestOneBit(rest);
        byte[] left = hasher.complete(hashes, rest - count, count);
        root = root == null ? left : hasher.node(left, root);
      }
    }
    return root == null ? hasher.empty() : root;
  }

  /** The tiles that the appends have changed, as they are now. */
  public SortedMap<TileId, byte[]> changed() {
    SortedMap<TileId, byte[]> changed = new TreeMap<>(filled);
    for (int level : touched) {
      TileId id = last(level, size);
      int width = id.width(size);
      if (width > 0) {
        changed.put(id, Arrays.copyOf(partial.get(level), width * TreeHasher.LENGTH));
      }
    }
    return changed;
  }

  private static TileId last(int level, long size) {
    return new TileId(level, (size >>> (8 * level)) / TileId.WIDTH);
  }
}
