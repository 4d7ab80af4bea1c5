package app.meshguard.audit.proof;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.epoch.LogRow;
import app.meshguard.audit.tree.TileId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Up to 256 leaves one after the other, each behind its length in two bytes (tlog-tiles). */
final class EntryBundle {
  private static final String LEAVES =
      "SELECT leaf FROM log_entry WHERE tenant_id = $1 AND idx >= $2 AND idx < $3 ORDER BY idx";

  private EntryBundle() {}

  /** The bundle; empty when retention has deleted any of its entries. */
  static Optional<byte[]> read(SqlConnection connection, LogRow log, TileId.Numbered wanted) {
    long first = wanted.number() * TileId.WIDTH;
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    int leaves = 0;
    byte[] preamble = log.preamble();
    if (preamble != null && first == 0) {
      add(bundle, preamble);
      leaves++;
    }
    Tuple range =
        Tuple.of(log.tenant(), log.indexOf(first + leaves), log.indexOf(first + wanted.width()));
    for (Row row : await(connection.preparedQuery(LEAVES).execute(range))) {
      add(bundle, row.getBuffer(0).getBytes());
      leaves++;
    }
    return leaves == wanted.width() ? Optional.of(bundle.toByteArray()) : Optional.empty();
  }

  private static void add(ByteArrayOutputStream bundle, byte[] leaf) {
    bundle.write(leaf.length >> 8);
    bundle.write(leaf.length);
    bundle.writeBytes(leaf);
  }
}
