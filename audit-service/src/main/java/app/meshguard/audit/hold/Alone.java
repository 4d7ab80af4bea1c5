package app.meshguard.audit.hold;

import static app.meshguard.audit.platform.Database.await;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps two from doing the same work at once, over all processes. It spares work and guards
 * nothing: should a connection break, two may be at it, and each transaction still stands alone.
 */
@ApplicationScoped
public class Alone {
  private static final String LOCK = "SELECT pg_try_advisory_lock(hashtextextended($1, 0))";
  private static final String UNLOCK = "SELECT pg_advisory_unlock(hashtextextended($1, 0))";

  private final Pool pool;

  @Inject
  Alone(@ReactiveDataSource("retention") Pool pool) {
    this.pool = pool;
  }

  /** Does the work; empty, with nothing done, while somebody else is at it. */
  public <T> Optional<T> run(String name, Supplier<T> work) {
    SqlConnection connection = await(pool.getConnection());
    try {
      Tuple key = Tuple.of("meshguard/" + name);
      if (!await(connection.preparedQuery(LOCK).execute(key)).iterator().next().getBoolean(0)) {
        return Optional.empty();
      }
      try {
        return Optional.of(work.get());
      } finally {
        await(connection.preparedQuery(UNLOCK).execute(key));
      }
    } finally {
      connection.close();
    }
  }
}
