package app.meshguard.audit.epoch;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.guard.GuardedHead;
import app.meshguard.audit.tree.Checkpoint;
import app.meshguard.audit.tree.LogKey;
import app.meshguard.audit.tree.RightEdge;
import app.meshguard.audit.tree.TileId;
import app.meshguard.audit.tree.TreeHasher;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A log as it begins: empty, or with the leaf that commits to the log before it. */
@SuppressWarnings("ArrayRecordComponent") // carried from here to the insert
record NewLog(
    String tenant,
    int epoch,
    String origin,
    int master,
    long firstIndex,
    byte @Nullable [] preamble) {

  // Nothing is inserted where another process was first: its log is the tenant's.
  private static final String INSERT =
      "INSERT INTO log (tenant_id, epoch, origin, master_version, public_key, first_idx, preamble,"
          + " size, root, checkpoint, signed_at, state, halted_because)"
          + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now(), $11, $12)"
          + " ON CONFLICT (tenant_id, epoch) DO NOTHING";
  private static final String TILE =
      "INSERT INTO tile (tenant_id, epoch, level, number, hashes) VALUES ($1, $2, 0, 0, $3)";

  /**
   * Inserts it with its first checkpoint, which the caller shows to nobody before it is in the
   * guard and committed. Empty when the tenant has a log of that epoch.
   */
  Optional<GuardedHead> insert(SqlConnection connection, LogKey key) {
    RightEdge edge = RightEdge.empty();
    if (preamble != null) {
      edge.append(new TreeHasher().leaf(preamble));
    }
    byte[] root = edge.root();
    byte[] checkpoint = new Checkpoint(origin, edge.size(), root).signedBy(key);
    if (!insert(connection, key, edge.size(), root, checkpoint, LogRow.State.OPEN, null)) {
      return Optional.empty();
    }
    byte[] tile = edge.changed().get(new TileId(0, 0));
    if (tile != null) {
      await(connection.preparedQuery(TILE).execute(Tuple.of(tenant, epoch, Buffer.buffer(tile))));
    }
    return Optional.of(new GuardedHead(tenant, epoch, origin, master, edge.size(), root));
  }

  /** Inserts a log of which only the guard knows: nothing of it is in this database. */
  void insertLost(SqlConnection connection, LogKey key, String because) {
    byte[] root = RightEdge.empty().root();
    insert(connection, key, 0, root, null, LogRow.State.HALTED, because);
  }

  private boolean insert(
      SqlConnection connection,
      LogKey key,
      long size,
      byte[] root,
      byte @Nullable [] checkpoint,
      LogRow.State state,
      @Nullable String because) {
    Tuple row =
        Tuple.tuple()
            .addString(tenant)
            .addInteger(epoch)
            .addString(origin)
            .addShort((short) master)
            .addBuffer(Buffer.buffer(key.verifier().publicKey()))
            .addLong(firstIndex)
            .addBuffer(preamble == null ? null : Buffer.buffer(preamble))
            .addLong(size)
            .addBuffer(Buffer.buffer(root))
            .addBuffer(checkpoint == null ? null : Buffer.buffer(checkpoint))
            .addString(state.text())
            .addString(because);
    return await(connection.preparedQuery(INSERT).execute(row)).rowCount() == 1;
  }
}
