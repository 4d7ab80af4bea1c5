package app.meshguard.decision.limit;

import app.meshguard.decision.limit.LimitResult.Exhausted;
import app.meshguard.decision.limit.LimitResult.Taken;
import app.meshguard.decision.limit.LimitResult.Unavailable;
import app.meshguard.policy.LimitClaim;
import app.meshguard.policy.RateClaim;
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
class PostgresLimits implements Limits {
  private static final Logger LOG = Logger.getLogger(PostgresLimits.class);
  private static final Unavailable UNAVAILABLE = new Unavailable();
  private static final Taken TAKEN = new Taken();
  private static final String TAKE =
      "select decision, granted, refused_limit, retry_after_us"
          + " from take_limits($1, $2, $3, $4, $5)";

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
    if (!request.claims().stream().allMatch(RateClaim.class::isInstance)) {
      return CompletableFuture.completedFuture(UNAVAILABLE);
    }
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
    Statement statement = Statement.of(batch);
    pool.preparedQuery(TAKE)
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

  private static void answer(List<Waiting> batch, List<LimitClaim> claims, RowSet<Row> rows) {
    for (Row row : rows) {
      Waiting waiting = batch.get(row.getInteger(0) - 1);
      if (row.getBoolean(1)) {
        waiting.result().complete(TAKEN);
      } else {
        Duration wait = Duration.of(row.getLong(3), ChronoUnit.MICROS);
        waiting.result().complete(new Exhausted(claims.get(row.getInteger(2) - 1), wait));
      }
    }
  }

  private record Statement(List<LimitClaim> claims, Tuple arguments) {
    static Statement of(List<Waiting> batch) {
      List<LimitClaim> claims = new ArrayList<>();
      List<Integer> numbers = new ArrayList<>();
      List<String> ids = new ArrayList<>();
      List<Buffer> keys = new ArrayList<>();
      List<Long> counts = new ArrayList<>();
      List<Long> windows = new ArrayList<>();
      for (int i = 0; i < batch.size(); i++) {
        LimitRequest request = batch.get(i).request();
        for (LimitClaim claim : request.claims()) {
          if (!(claim instanceof RateClaim rate)) {
            continue;
          }
          claims.add(claim);
          numbers.add(i + 1);
          ids.add(request.decisionId());
          keys.add(Buffer.buffer(LimitKey.of(request.tenant(), request.agentId(), claim)));
          counts.add(rate.limit());
          windows.add(claim.window().toNanos() / 1000);
        }
      }
      return new Statement(
          claims,
          Tuple.of(
              numbers.toArray(Integer[]::new),
              ids.toArray(String[]::new),
              keys.toArray(Buffer[]::new),
              counts.toArray(Long[]::new),
              windows.toArray(Long[]::new)));
    }
  }
}
