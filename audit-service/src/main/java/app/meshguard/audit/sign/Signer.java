package app.meshguard.audit.sign;

import app.meshguard.audit.epoch.LogKeys;
import app.meshguard.audit.epoch.LogRow;
import app.meshguard.audit.guard.Guard;
import app.meshguard.audit.guard.GuardedHead;
import app.meshguard.audit.platform.Database;
import app.meshguard.audit.tree.RightEdge;
import app.meshguard.audit.tree.TileId;
import app.meshguard.audit.tree.Tiles;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One round: whatever has grown is extended, signed and committed in one transaction. INVARIANT:
 * one signer at a time holds the lock, and every head moves by compare-and-swap; what is signed is
 * in the guard before it is committed, and committed before anybody is shown it.
 */
final class Signer {
  private static final Logger LOG = Logger.getLogger(Signer.class);

  /** Bounds what a round holds in memory; the rest waits for the next one. */
  private static final int MOST_OF_A_LOG = 32_768;

  private static final int MOST_OF_A_ROUND = 4 * MOST_OF_A_LOG;

  private final Pool pool;
  private final LogKeys keys;
  private final Guard guard;

  Signer(Pool pool, LogKeys keys, Guard guard) {
    this.pool = pool;
    this.keys = keys;
    this.guard = guard;
  }

  /**
   * What a round did.
   *
   * @param held whether this process had the lock
   * @param seen heads of open logs that were there before, where the round looked at all
   * @param halted what was halted, with the reason
   * @param more whether entries wait that did not fit
   */
  record Round(
      boolean held,
      List<GuardedHead> seen,
      List<GuardedHead> signed,
      Map<String, String> halted,
      boolean more) {
    static final Round NOT_OURS = new Round(false, List.of(), List.of(), Map.of(), false);
  }

  /**
   * Signs what has grown.
   *
   * @param whole also looks at logs that have not grown, whether they are what was signed last
   */
  Round sign(boolean whole) {
    guard.refresh();
    return Database.inTransaction(
        pool,
        connection -> SignerTables.lock(connection) ? sign(connection, whole) : Round.NOT_OURS);
  }

  private Round sign(SqlConnection connection, boolean whole) {
    List<Candidate> candidates = SignerTables.candidates(connection, whole);
    candidates.sort(Comparator.comparingLong(Candidate::pending));
    Map<LogRow, NewLeaves> leaves = new HashMap<>();
    List<LogRow> logs = new ArrayList<>();
    long left = MOST_OF_A_ROUND;
    boolean more = false;
    for (Candidate candidate : candidates) {
      LogRow log = candidate.log();
      long wanted = Math.min(Math.min(candidate.pending(), MOST_OF_A_LOG), left);
      long end =
          Math.min(candidate.endIndex(), Math.max(log.nextIndex() + wanted, signedUpTo(log)));
      if (end > log.nextIndex()) {
        boolean isAll = end == candidate.endIndex();
        leaves.put(log, NewLeaves.ask(connection, log.tenant(), log.nextIndex(), end, isAll));
      }
      more |= end < candidate.endIndex();
      left -= Math.max(0, end - log.nextIndex());
      logs.add(log);
    }
    List<GuardedHead> seen = logs.stream().map(LogRow::head).toList();
    logs.removeIf(log -> !leaves.containsKey(log) && isAsSigned(log));
    Map<LogRow, SortedSet<TileId>> edges = new HashMap<>();
    for (LogRow log : logs) {
      edges.put(log, Tiles.neededBy(tiles -> RightEdge.read(log.size(), tiles)));
    }
    Map<LogRow, Tiles> tiles = SignerTables.tiles(connection, edges);
    List<Extension> extended = new ArrayList<>();
    Map<String, String> halted = new HashMap<>();
    for (LogRow log : logs) {
      try {
        extend(connection, log, tiles.getOrDefault(log, new Tiles()), leaves.get(log))
            .ifPresent(extended::add);
      } catch (Extension.Contradiction | NewLeaves.Changed e) {
        halted.put(log.origin(), String.valueOf(e.getMessage()));
        SignerTables.halt(connection, log, String.valueOf(e.getMessage()));
      }
    }
    learn(seen, halted);
    return new Round(true, seen, write(connection, extended), halted, more);
  }

  /** Keeps what others have signed since: their guards may be elsewhere. */
  private void learn(List<GuardedHead> seen, Map<String, String> halted) {
    guard.write(
        seen.stream()
            .filter(head -> head.size() > 0 && !halted.containsKey(head.origin()))
            .filter(
                head -> guard.highest(head.origin()).map(k -> k.size() < head.size()).orElse(true))
            .toList());
  }

  /** Whether there is nothing to do for a log that has not grown. */
  private boolean isAsSigned(LogRow log) {
    return guard.contradiction(log.origin()).isEmpty()
        && guard.of(log.tenant()).stream().noneMatch(head -> head.epoch() > log.epoch())
        && guard
            .highest(log.origin())
            .map(head -> head.size() == log.size() && head.isOf(log.root()))
            .orElse(log.size() == 0);
  }

  /** The index at which the highest head that is known of the log ends. */
  private long signedUpTo(LogRow log) {
    return guard.highest(log.origin()).map(head -> log.indexOf(head.size())).orElse(0L);
  }

  private Optional<Extension> extend(
      SqlConnection connection, LogRow log, Tiles tiles, @Nullable NewLeaves leaves)
      throws Extension.Contradiction, NewLeaves.Changed {
    Optional<GuardedHead> other = guard.contradiction(log.origin());
    if (other.isPresent()) {
      throw new Extension.Contradiction(
          "two roots were signed for one size: see " + other.get().inWords());
    }
    Optional<GuardedHead> lost =
        guard.of(log.tenant()).stream().filter(head -> head.epoch() > log.epoch()).findFirst();
    if (lost.isPresent()) {
      throw new Extension.Contradiction(
          "its successor %s was signed with %s, and this database does not know it"
              .formatted(lost.get().origin(), lost.get().inWords()));
    }
    Optional<GuardedHead> known = guard.highest(log.origin());
    if (known.isPresent() && known.get().size() < log.size()) {
      Optional<String> why = HeadCheck.contradiction(connection, log, known.get());
      if (why.isPresent()) {
        throw new Extension.Contradiction(why.get());
      }
    }
    List<byte[]> hashes = leaves == null ? List.of() : leaves.hashes(connection);
    Extension extension = Extension.of(log, tiles, hashes, known);
    return extension.isLonger() ? Optional.of(extension) : Optional.empty();
  }

  private List<GuardedHead> write(SqlConnection connection, List<Extension> extended) {
    List<GuardedHead> heads = new ArrayList<>();
    List<Extension> signed = new ArrayList<>();
    List<byte[]> checkpoints = new ArrayList<>();
    for (Extension extension : extended) {
      try {
        checkpoints.add(keys.checkpoint(extension.log(), extension.head()));
        heads.add(extension.head());
        signed.add(extension);
      } catch (IllegalStateException e) {
        // A key that is gone stops its own log only.
        LOG.errorf("log %s cannot be signed: %s", extension.log().origin(), e.getMessage());
      }
    }
    SignerTables.write(connection, signed, heads, checkpoints);
    guard.write(heads);
    return heads;
  }
}
