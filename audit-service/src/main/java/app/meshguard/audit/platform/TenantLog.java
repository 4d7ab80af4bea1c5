package app.meshguard.audit.platform;

import app.meshguard.wire.TenantId;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Function;

/** The one place that says to the database which tenant a transaction reads. */
@ApplicationScoped
public class TenantLog {
  private static final int STATEMENT_MILLIS = 15_000;

  private final Pool pool;

  @Inject
  public TenantLog(Pool pool) {
    this.pool = pool;
  }

  /** Runs {@code work} in a transaction that sees this tenant's rows and no others. */
  public <T> T read(TenantId tenant, Function<SqlConnection, T> work) {
    return Database.inTransaction(
        pool,
        connection -> {
          Database.limits(connection, STATEMENT_MILLIS, STATEMENT_MILLIS);
          // Plans are made for the values: which index is right depends on them.
          connection
              .preparedQuery(
                  "SELECT set_config('meshguard.tenant', $1, true),"
                      + " set_config('plan_cache_mode', 'force_custom_plan', true)")
              .execute(Tuple.of(tenant.value()));
          return work.apply(connection);
        });
  }
}
