package app.meshguard.audit.epoch;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.tree.TileId;
import app.meshguard.audit.tree.Tiles;
import app.meshguard.wire.TenantId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads a tenant's logs and their tiles, in whatever transaction the caller is. */
public final class LogRows {
  private static final String ALL =
      "SELECT " + LogRow.COLUMNS + " FROM log l WHERE tenant_id = $1 ORDER BY epoch";
  private static final String TILES =
      "SELECT t.level, t.number, t.hashes FROM tile t"
          + " JOIN unnest($3::smallint[], $4::bigint[]) AS wanted (level, number)"
          + " ON t.level = wanted.level AND t.number = wanted.number"
          + " WHERE t.tenant_id = $1 AND t.epoch = $2";

  private LogRows() {}

  /** The tenant's logs, the first one first. */
  public static List<LogRow> of(SqlConnection connection, TenantId tenant) {
    List<LogRow> logs = new ArrayList<>();
    for (Row row : await(connection.preparedQuery(ALL).execute(Tuple.of(tenant.value())))) {
      logs.add(LogRow.of(row));
    }
    return logs;
  }

  /** The log of that epoch. */
  public static Optional<LogRow> of(SqlConnection connection, TenantId tenant, int epoch) {
    return of(connection, tenant).stream().filter(log -> log.epoch() == epoch).findFirst();
  }

  /** Those of the wanted tiles of a log that are there. */
  public static Tiles tiles(SqlConnection connection, LogRow log, Collection<TileId> wanted) {
    Tuple parameters =
        Tuple.of(
            log.tenant(),
            log.epoch(),
            wanted.stream().map(id -> (short) id.level()).toArray(Short[]::new),
            wanted.stream().map(TileId::number).toArray(Long[]::new));
    Tiles tiles = new Tiles();
    if (!wanted.isEmpty()) {
      for (Row row : await(connection.preparedQuery(TILES).execute(parameters))) {
        tiles.put(new TileId(row.getShort(0), row.getLong(1)), row.getBuffer(2).getBytes());
      }
    }
    return tiles;
  }
}
