package app.meshguard.chaos.proof;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The checkpoints that were shown during a run: each must be a prefix of every later one, and all
 * of them of the leaves that the log holds in the end.
 */
public final class Checkpoints {
  private static final int FETCH = 1_000;
  private static final int ROOT_LINE = 2;

  private final Map<String, NavigableMap<Long, String>> roots = new ConcurrentHashMap<>();
  private final List<String> wrong = new ArrayList<>();

  /** Takes a checkpoint as it was answered: origin, size and root, a line each, then signatures. */
  public synchronized void note(String tenant, String text) {
    List<String> lines = text.lines().limit(ROOT_LINE + 1L).toList();
    if (lines.size() <= ROOT_LINE) {
      wrong.add("not a checkpoint of " + tenant + ": " + text);
      return;
    }
    long size = Long.parseLong(lines.get(1));
    String root = lines.get(ROOT_LINE);
    NavigableMap<Long, String> known =
        roots.computeIfAbsent(tenant, t -> new ConcurrentSkipListMap<>());
    if (!known.isEmpty() && known.lastKey() > size) {
      wrong.add("%s went back from size %d to %d".formatted(tenant, known.lastKey(), size));
    }
    String before = known.putIfAbsent(size, root);
    if (before != null && !before.equals(root)) {
      wrong.add("%s has two roots for size %d: %s, %s".formatted(tenant, size, before, root));
    }
  }

  /** How many different ones were shown. */
  public int seen() {
    return roots.values().stream().mapToInt(Map::size).sum();
  }

  /** The size of the greatest that was shown; -1 when none was. */
  public long greatest(String tenant) {
    NavigableMap<Long, String> known = roots.get(tenant);
    return known == null || known.isEmpty() ? -1 : known.lastKey();
  }

  /** What is wrong with what was shown, held against the leaves in the database. */
  public synchronized List<String> against(Chains chains) {
    List<String> all = new ArrayList<>(wrong);
    try (Connection connection = chains.connect()) {
      // Row by row: a whole log is not for memory.
      connection.setAutoCommit(false);
      for (Map.Entry<String, NavigableMap<Long, String>> known : roots.entrySet()) {
        compare(connection, known.getKey(), new TreeMap<>(known.getValue()), all);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the leaves cannot be read in the database", e);
    }
    return all;
  }

  private static void compare(
      Connection connection, String tenant, NavigableMap<Long, String> shown, List<String> wrong)
      throws SQLException {
    LeafRange range = new LeafRange();
    compare(tenant, range, shown, wrong);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT leaf FROM log_entry WHERE tenant_id = ? ORDER BY idx")) {
      statement.setFetchSize(FETCH);
      statement.setString(1, tenant);
      try (ResultSet leaves = statement.executeQuery()) {
        while (leaves.next() && !shown.isEmpty()) {
          range.append(leaves.getBytes(1));
          compare(tenant, range, shown, wrong);
        }
      }
    }
    shown.forEach((size, root) -> wrong.add(tenant + " has no " + size + " leaves"));
  }

  private static void compare(
      String tenant, LeafRange range, NavigableMap<Long, String> shown, List<String> wrong) {
    String root = shown.remove(range.size());
    if (root != null && !root.equals(Base64.getEncoder().encodeToString(range.root()))) {
      wrong.add("%s: the checkpoint of size %d is of other leaves".formatted(tenant, range.size()));
    }
  }
}
