package app.meshguard.audit.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The definitions of RFC 9162, section 2.1, written down as they stand there: what the tree is
 * measured by. It remembers the hashes of ranges, and is as slow as the definitions otherwise.
 */
final class NaiveTree {
  private record Range(int from, int to) {}

  private final TreeHasher hasher = new TreeHasher();
  private final Map<Range, byte[]> known = new HashMap<>();
  private final List<byte[]> leafHashes;

  NaiveTree(List<byte[]> leafHashes) {
    this.leafHashes = leafHashes;
  }

  byte[] root(int size) {
    return size == 0 ? hasher.empty() : root(0, size);
  }

  List<byte[]> path(int m, int size) {
    return path(m, 0, size);
  }

  List<byte[]> proof(int m, int size) {
    return subproof(m, 0, size, true);
  }

  private byte[] root(int from, int to) {
    if (to - from == 1) {
      return leafHashes.get(from);
    }
    byte[] hash = known.get(new Range(from, to));
    if (hash == null) {
      int k = from + split(to - from);
      hash = hasher.node(root(from, k), root(k, to));
      known.put(new Range(from, to), hash);
    }
    return hash;
  }

  private List<byte[]> path(int m, int from, int to) {
    if (to - from == 1) {
      return new ArrayList<>();
    }
    int k = from + split(to - from);
    List<byte[]> path = m < k ? path(m, from, k) : path(m, k, to);
    path.add(m < k ? root(k, to) : root(from, k));
    return path;
  }

  private List<byte[]> subproof(int m, int from, int to, boolean known) {
    if (m == to) {
      return new ArrayList<>(known ? List.of() : List.of(root(from, to)));
    }
    int k = from + split(to - from);
    List<byte[]> proof = m <= k ? subproof(m, from, k, known) : subproof(m, k, to, false);
    proof.add(m <= k ? root(k, to) : root(from, k));
    return proof;
  }

  private static int split(int n) {
    int k = 1;
    while (2 * k < n) {
      k *= 2;
    }
    return k;
  }
}
