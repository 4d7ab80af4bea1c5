package app.meshguard.audit.export;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.platform.TenantLog;
import app.meshguard.wire.TenantId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.List;

/**
 * The leaf hashes of entries that retention has deleted: the tree keeps them, so that what is left
 * can still be proved to be whole. Keeps one tile; for one export.
 */
final class DeletedLeaves {
  private static final int WIDTH = 256;
  private static final int HASH = 32;
  private static final String TILE =
      "SELECT hashes FROM tile WHERE tenant_id = $1 AND epoch = $2 AND level = 0 AND number = $3";

  private final TenantLog log;
  private final TenantId tenant;
  private final List<SignedLog> logs;
  private byte[] hashes = new byte[0];
  private int epoch = -1;
  private long number = -1;

  DeletedLeaves(TenantLog log, TenantId tenant, List<SignedLog> logs) {
    this.log = log;
    this.tenant = tenant;
    this.logs = logs;
  }

  /**
   * The hash of the leaf of an entry that is no longer there.
   *
   * @throws IllegalStateException when the tree has none: a file with a gap must not look whole
   */
  byte[] hash(long index) {
    SignedLog its =
        logs.reversed().stream()
            .filter(each -> index >= each.firstIndex() && index <= each.lastIndex())
            .findFirst()
            .orElseThrow(() -> missing(index));
    long leaf = its.leafOf(index);
    read(its.epoch(), leaf / WIDTH);
    int at = (int) (leaf % WIDTH) * HASH;
    if (at + HASH > hashes.length) {
      throw missing(index);
    }
    return Arrays.copyOfRange(hashes, at, at + HASH);
  }

  private void read(int wantedEpoch, long wantedNumber) {
    if (epoch == wantedEpoch && number == wantedNumber) {
      return;
    }
    hashes =
        log.read(
            tenant,
            connection -> {
              Tuple which = Tuple.of(tenant.value(), wantedEpoch, wantedNumber);
              for (Row row : await(connection.preparedQuery(TILE).execute(which))) {
                return row.getBuffer(0).getBytes();
              }
              return new byte[0];
            });
    epoch = wantedEpoch;
    number = wantedNumber;
  }

  private static IllegalStateException missing(long index) {
    return new IllegalStateException("entry " + index + " is missing in the log");
  }
}
