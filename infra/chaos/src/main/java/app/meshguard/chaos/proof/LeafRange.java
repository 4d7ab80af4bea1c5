package app.meshguard.chaos.proof;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The Merkle tree of RFC 9162 over leaves that come one by one; keeps its right edge alone. */
final class LeafRange {
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  /** Roots of the full subtrees, the smallest on top. */
  private final Deque<byte[]> edge = new ArrayDeque<>();

  private final MessageDigest sha256;
  private long size;

  LeafRange() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  long size() {
    return size;
  }

  void append(byte[] leaf) {
    sha256.update(LEAF);
    byte[] hash = sha256.digest(leaf);
    // Each trailing one of the old size is a full subtree that this leaf completes to a larger one.
    for (long left = size; (left & 1) == 1; left >>= 1) {
      hash = node(edge.pop(), hash);
    }
    edge.push(hash);
    size++;
  }

  byte[] root() {
    if (size == 0) {
      return sha256.digest();
    }
    Iterator<byte[]> fromRight = edge.iterator();
    byte[] root = fromRight.next();
    while (fromRight.hasNext()) {
      root = node(fromRight.next(), root);
    }
    return root;
  }

  private byte[] node(byte[] left, byte[] right) {
    sha256.update(NODE);
    sha256.update(left);
    return sha256.digest(right);
  }
}
