package app.meshguard.audit.platform;

import app.meshguard.wire.ProblemCode;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Transactions in straight code, for virtual threads: statements are futures, so that several can
 * be on their way at once, and {@link #await} waits for one. A database that cannot be reached, or
 * is too slow, is {@code unavailable} to the caller.
 */
public final class Database {
  private static final Logger LOG = Logger.getLogger(Database.class);
  private static final long CONNECT_SECONDS = 5;
  private static final long ANSWER_SECONDS = 60;

  private Database() {}

  /** Runs {@code work} in a transaction; whatever it throws rolls it back. */
  public static <T> T inTransaction(Pool pool, Function<SqlConnection, T> work) {
    SqlConnection connection = connect(pool);
    try {
      connection.query("BEGIN").execute();
      T result = work.apply(connection);
      await(connection.query("COMMIT").execute());
      connection.close();
      return result;
    } catch (RuntimeException | Error e) {
      // A connection in an unknown state goes back only when the rollback has worked.
      connection.query("ROLLBACK").execute().onComplete(done -> connection.close());
      throw e;
    }
  }

  private static SqlConnection connect(Pool pool) {
    Future<SqlConnection> opening = pool.getConnection();
    try {
      return await(opening, CONNECT_SECONDS);
    } catch (RuntimeException e) {
      // It may still come, when nobody waits for it any more: the pool must have it back.
      opening.onSuccess(SqlConnection::close);
      throw e;
    }
  }

  /**
   * Sets what holds for the rest of the transaction: how long a statement may run, and how long a
   * transaction may stand idle, should this process be halted while it holds a lock.
   */
  public static void limits(SqlConnection connection, int statementMillis, int lockMillis) {
    connection
        .preparedQuery(
            "SELECT set_config('statement_timeout', $1, true), set_config('lock_timeout', $2, true),"
                + " set_config('idle_in_transaction_session_timeout', '10000', true)")
        .execute(Tuple.of(String.valueOf(statementMillis), String.valueOf(lockMillis)));
  }

  /** Waits for an answer of the database. */
  public static <T> T await(Future<T> future) {
    return await(future, ANSWER_SECONDS);
  }

  private static <T> T await(Future<T> future, long seconds) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    } catch (ExecutionException | CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (passes(cause)) {
        throw unavailable(cause);
      }
      throw new IllegalStateException("the database refused a statement", cause);
    }
  }

  /** Whether a failure is of the moment: connections, resources, shutdown, timeouts, deadlocks. */
  private static boolean passes(Throwable failure) {
    if (failure instanceof PgException e) {
      String state = String.valueOf(e.getSqlState());
      return state.startsWith("08")
          || state.startsWith("53")
          || state.startsWith("57")
          || state.startsWith("40")
          || state.equals("55P03");
    }
    return failure instanceof IOException
        || failure instanceof VertxException
        || failure instanceof TimeoutException;
  }

  private static Refused unavailable(Throwable cause) {
    LOG.warnf("the database cannot answer: %s", cause.getMessage());
    return new Refused(ProblemCode.UNAVAILABLE, "The log cannot be reached now. Try again.");
  }
}
