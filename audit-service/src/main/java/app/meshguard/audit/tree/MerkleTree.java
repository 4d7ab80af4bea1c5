package app.meshguard.audit.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A tree of one size over its tiles: its root and its proofs (RFC 9162, section 2.1). */
public final class MerkleTree {
  private final TreeHasher hasher = new TreeHasher();
  private final long size;
  private final TileReader tiles;

  /** The tree of the first {@code size} leaves; the tiles may hold more. */
  public MerkleTree(long size, TileReader tiles) {
    if (size < 0) {
      throw new IllegalArgumentException("a tree has no size below 0");
    }
    this.size = size;
    this.tiles = tiles;
  }

  public byte[] root() {
    return size == 0 ? hasher.empty() : range(0, size);
  }

  /** The hash of the leaf at {@code index}. */
  public byte[] leaf(long index) {
    checkIndex(index);
    return complete(0, index);
  }

  /** The inclusion proof of the leaf at {@code index}, from the leaf's sibling upwards. */
  public List<byte[]> inclusion(long index) {
    checkIndex(index);
    List<byte[]> path = new ArrayList<>();
    inclusion(index, 0, size, path);
    return path;
  }

  /** The proof that this tree continues the one of its first {@code from} leaves. */
  public List<byte[]> consistency(long from) {
    if (from < 0 || from > size) {
      throw new IndexOutOfBoundsException("no tree of " + from + " leaves within " + size);
    }
    List<byte[]> path = new ArrayList<>();
    if (from > 0) {
      consistency(from, 0, size, true, path);
    }
    return path;
  }

  private void checkIndex(long index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("no leaf " + index + " within " + size);
    }
  }

  private void inclusion(long index, long from, long to, List<byte[]> path) {
    if (to - from == 1) {
      return;
    }
    long middle = from + split(to - from);
    if (index < middle) {
      inclusion(index, from, middle, path);
      path.add(range(middle, to));
    } else {
      inclusion(index, middle, to, path);
      path.add(range(from, middle));
    }
  }

  /** SUBPROOF of the RFC; {@code known} while the verifier has the root of this part. */
  private void consistency(long old, long from, long to, boolean known, List<byte[]> path) {
    if (old == to) {
      if (!known) {
        path.add(range(from, to));
      }
      return;
    }
    long middle = from + split(to - from);
    if (old <= middle) {
      consistency(old, from, middle, known, path);
      path.add(range(middle, to));
    } else {
      consistency(old, middle, to, false, path);
      path.add(range(from, middle));
    }
  }

  /** The hash over the leaves of [from, to), which is a subtree of some tree. */
  private byte[] range(long from, long to) {
    long count = to - from;
    if (Long.bitCount(count) == 1 && from % count == 0) {
      int height = Long.numberOfTrailingZeros(count);
      return complete(height, from >>> height);
    }
    long middle = from + split(count);
    return hasher.node(range(from, middle), range(middle, to));
  }

  /** The root of a complete subtree: from the hashes of the tile that holds it. */
  private byte[] complete(int height, long number) {
    int count = 1 << (height % 8);
    long first = number * count;
    TileId id = new TileId(height / 8, first / TileId.WIDTH);
    int at = (int) (first % TileId.WIDTH);
    byte[] hashes = tiles.tile(id, at + count);
    return count == 1
        ? Arrays.copyOfRange(hashes, at * TreeHasher.LENGTH, (at + 1) * TreeHasher.LENGTH)
        : hasher.complete(hashes, at, count);
  }

  /** The largest power of two below {@code count}. */
  private static long split(long count) {
    return Long.highestOneBit(count - 1);
  }
}
