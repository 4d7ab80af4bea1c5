package app.meshguard.decision.limit;

import app.meshguard.decision.limit.LimitResult.Exhausted;
import app.meshguard.decision.limit.LimitResult.Taken;
import app.meshguard.decision.limit.LimitResult.Unavailable;
import app.meshguard.policy.BudgetClaim;
import app.meshguard.policy.LimitClaim;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes limits in PostgreSQL: those that wait go together in one statement, and while it runs the
 * next gather. A statement whose answer was lost is sent once more: each take is known by its
 * decision and counts once.
 */
@Singleton
class PostgresLimits implements Limits, Refunds {
  private static final Logger LOG = Logger.getLogger(PostgresLimits.class);
  private static final Unavailable UNAVAILABLE = new Unavailable();
  private static final Taken TAKEN = new Taken();
  private static final String TAKE =
      "select decision, granted, refused_limit, retry_after_us"
          + " from take_limits($1, $2, $3, $4, $5)";
  private static final String TAKE_WITH_BUDGETS =
      "select decision, granted, refused_limit, retry_after_us"
          + " from take_claims($1, $2, $3, $4, $5, $6::text[]::numeric[], $7::text[]::numeric[])";
  private static final String REFUND = "select refund_budgets($1, $2)";

  private final Pool pool;
  private final LimitConfig config;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private boolean running;

  private record Waiting(LimitRequest request, CompletableFuture<LimitResult> result) {}

  PostgresLimits(Pool pool, LimitConfig config) {
    this.pool = pool;
    this.config = config;
  }

  @Override
  public CompletableFuture<LimitResult> take(LimitRequest request) {
    CompletableFuture<LimitResult> result = new CompletableFuture<>();
    List<Waiting> batch;
    synchronized (waiting) {
      if (waiting.size() >= config.maxWaiting()) {
        return CompletableFuture.completedFuture(UNAVAILABLE);
      }
      waiting.add(new Waiting(request, result));
      batch = nextBatch();
    }
    if (batch != null) {
      send(batch, true);
    }
    return result.completeOnTimeout(
        UNAVAILABLE, config.timeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Under the lock: what goes next, or null when a statement is running or nothing waits. */
  private @Nullable List<Waiting> nextBatch() {
    if (running || waiting.isEmpty()) {
      return null;
    }
    List<Waiting> batch = new ArrayList<>();
    while (!waiting.isEmpty() && batch.size() < config.maxBatch()) {
      Waiting next = waiting.poll();
      // Whoever was told that it takes too long is not counted.
      if (!next.result().isDone()) {
        batch.add(next);
      }
    }
    running = !batch.isEmpty();
    return running ? batch : null;
  }

  private void send(List<Waiting> batch, boolean mayRetry) {
    TakeStatement statement = TakeStatement.of(batch.stream().map(Waiting::request).toList());
    pool.preparedQuery(statement.hasBudgets() ? TAKE_WITH_BUDGETS : TAKE)
        .execute(statement.arguments())
        .timeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(
            rows -> {
              next();
              answer(batch, statement.claims(), rows);
            })
        .onFailure(
            failure -> {
              if (mayRetry) {
                send(batch, false);
              } else {
                LOG.warnf("Limits cannot be counted: %s", failure.getMessage());
                next();
                batch.forEach(w -> w.result().complete(UNAVAILABLE));
              }
            });
  }

  private void next() {
    List<Waiting> batch;
    synchronized (waiting) {
      running = false;
      batch = nextBatch();
    }
    if (batch != null) {
      send(batch, true);
    }
  }

  private void answer(List<Waiting> batch, List<LimitClaim> claims, RowSet<Row> rows) {
    for (Row row : rows) {
      Waiting waiting = batch.get(row.getInteger(0) - 1);
      if (!row.getBoolean(1)) {
        Long wait = row.getLong(3);
        waiting
            .result()
            .complete(
                new Exhausted(
                    claims.get(row.getInteger(2) - 1),
                    wait == null ? null : Duration.of(wait, ChronoUnit.MICROS)));
      } else if (!waiting.result().complete(TAKEN)) {
        // Whoever waited was told that it takes too long, and refused.
        refund(waiting.request());
      }
    }
  }

  @Override
  public CompletableFuture<Boolean> refund(LimitRequest request) {
    List<byte[]> keys = request.keys();
    List<Buffer> budgets = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      if (request.claims().get(i) instanceof BudgetClaim) {
        budgets.add(Buffer.buffer(keys.get(i)));
      }
    }
    if (budgets.isEmpty()) {
      return CompletableFuture.completedFuture(true);
    }
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    pool.preparedQuery(REFUND)
        .execute(Tuple.of(budgets.toArray(Buffer[]::new), request.decisionId()))
        .timeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(rows -> done.complete(true))
        .onFailure(
            failure -> {
              LOG.warnf("A budget cannot be given back: %s", failure.getMessage());
              done.complete(false);
            });
    return done;
  }
}
