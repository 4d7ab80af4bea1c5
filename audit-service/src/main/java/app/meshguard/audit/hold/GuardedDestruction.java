package app.meshguard.audit.hold;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.platform.Database;
import app.meshguard.wire.TenantId;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/**
 * The one way by which entries are destroyed. INVARIANT: whoever destroys holds the tenant's lock,
 * under which holds are placed too, and sees every hold that was placed before: a hold that has
 * been answered for stops what comes after it, in this process and any other.
 */
@ApplicationScoped
public class GuardedDestruction {
  private static final int STATEMENT_MILLIS = 60_000;
  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtextextended('meshguard/holds/' || $1, 0))";

  private final Pool pool;

  @Inject
  GuardedDestruction(@ReactiveDataSource("retention") Pool pool) {
    this.pool = pool;
  }

  /** Destroys, in one transaction. */
  public interface Work<T> {
    /**
     * Does it.
     *
     * @param holds all that are in force; none can be placed before the transaction ends
     */
    T run(SqlConnection connection, List<Hold> holds);
  }

  /** Runs {@code work} with the role that may destroy entries of this tenant and nothing else. */
  public <T> T destroy(TenantId tenant, Work<T> work) {
    return Database.inTransaction(
        pool,
        connection -> {
          Database.limits(connection, STATEMENT_MILLIS, STATEMENT_MILLIS);
          connection
              .preparedQuery("SELECT set_config('meshguard.tenant', $1, true)")
              .execute(Tuple.of(tenant.value()));
          lock(connection, tenant);
          return work.run(connection, HoldRows.inForce(connection, tenant));
        });
  }

  /** Keeps destruction of this tenant's entries away until the transaction ends. */
  static void lock(SqlConnection connection, TenantId tenant) {
    await(connection.preparedQuery(LOCK).execute(Tuple.of(tenant.value())));
  }
}
