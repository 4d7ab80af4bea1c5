package app.meshguard.audit.proof;

import app.meshguard.audit.epoch.LogBeginning;
import app.meshguard.audit.epoch.LogRow;
import app.meshguard.audit.epoch.LogRows;
import app.meshguard.audit.platform.Refused;
import app.meshguard.audit.platform.TenantLog;
import app.meshguard.audit.tree.TileReader;
import app.meshguard.audit.tree.Tiles;
import app.meshguard.wire.TenantId;
import io.vertx.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Reads a tenant's logs as they were signed; a tenant that has none has an empty one from now on.
 */
@ApplicationScoped
class SignedLogs {
  private final TenantLog database;
  private final LogBeginning beginning;

  @Inject
  SignedLogs(TenantLog database, LogBeginning beginning) {
    this.database = database;
    this.beginning = beginning;
  }

  /** Reads in one transaction; the logs are there, the newest last. */
  <T> T read(TenantId tenant, BiFunction<SqlConnection, List<LogRow>, T> work) {
    Optional<T> result = tryRead(tenant, work);
    if (result.isEmpty()) {
      beginning.of(tenant);
      result = tryRead(tenant, work);
    }
    return result.orElseThrow(() -> new IllegalStateException("a log that was begun is not there"));
  }

  private <T> Optional<T> tryRead(
      TenantId tenant, BiFunction<SqlConnection, List<LogRow>, T> work) {
    return database.read(
        tenant,
        connection -> {
          List<LogRow> all = LogRows.of(connection, tenant);
          return all.isEmpty() ? Optional.empty() : Optional.of(work.apply(connection, all));
        });
  }

  /** Reads of the log of one epoch, which may not be there. */
  <T> T read(TenantId tenant, int epoch, BiFunction<SqlConnection, LogRow, T> work) {
    return read(
        tenant,
        (connection, logs) ->
            work.apply(
                connection,
                logs.stream()
                    .filter(log -> log.epoch() == epoch)
                    .findFirst()
                    .orElseThrow(() -> Refused.notFound("There is no log of this epoch."))));
  }

  /** Computes on a log's tree with exactly those tiles read that it needs. */
  static <T> T compute(SqlConnection connection, LogRow log, Function<TileReader, T> computation) {
    Tiles tiles = LogRows.tiles(connection, log, Tiles.neededBy(computation));
    return computation.apply(tiles);
  }
}
