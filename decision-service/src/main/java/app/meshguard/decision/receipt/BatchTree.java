package app.meshguard.decision.receipt;

import java.util.ArrayList;
import java.util.List;

/** The Merkle tree (RFC 9162) over records that were stored together. */
final class BatchTree {
  /** Leaf hashes first, the root last. */
  private final List<List<byte[]>> levels = new ArrayList<>();

  BatchTree(List<byte[]> records) {
    List<byte[]> level = records.stream().map(Sha256::leaf).toList();
    levels.add(level);
    while (level.size() > 1) {
      level = above(level);
      levels.add(level);
    }
  }

  /** A last node without a sibling stands for itself. */
  private static List<byte[]> above(List<byte[]> level) {
    List<byte[]> next = new ArrayList<>((level.size() + 1) / 2);
    for (int i = 0; i + 1 < level.size(); i += 2) {
      next.add(Sha256.node(level.get(i), level.get(i + 1)));
    }
    if (level.size() % 2 == 1) {
      next.add(level.getLast());
    }
    return next;
  }

  int size() {
    return levels.getFirst().size();
  }

  byte[] root() {
    return levels.getLast().getFirst();
  }

  byte[] leaf(int index) {
    return levels.getFirst().get(index);
  }

  /** What is hashed with the leaf on the way to the root. */
  List<byte[]> path(int index) {
    List<byte[]> path = new ArrayList<>();
    int at = index;
    for (List<byte[]> level : levels) {
      int sibling = at ^ 1;
      if (sibling < level.size() && level.size() > 1) {
        path.add(level.get(sibling));
      }
      at /= 2;
    }
    return path;
  }
}
