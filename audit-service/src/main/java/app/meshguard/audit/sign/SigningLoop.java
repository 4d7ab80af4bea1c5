package app.meshguard.audit.sign;

import app.meshguard.audit.epoch.LogKeys;
import app.meshguard.audit.epoch.Logs;
import app.meshguard.audit.guard.Guard;
import app.meshguard.audit.guard.SharedGuard;
import app.meshguard.audit.ingest.BatchCommitted;
import app.meshguard.audit.platform.Database;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.StartupEvent;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets the signer work: soon after a batch, at most every 400 ms (so that one round's wait and the
 * next one's work stay within a second), and every second for what other processes have committed.
 */
@ApplicationScoped
@Startup
class SigningLoop {
  static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);
  private static final long LOOK_MILLIS = 1_000;

  /** How often logs that have not grown are compared with what was signed of them. */
  private static final long WHOLE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Pool pool;
  private final LogKeys keys;
  private final SharedGuard guard;
  private final NewestHeads newest;
  private final SigningState state;
  private final Semaphore wanted = new Semaphore(1);
  private final Thread thread = Thread.ofPlatform().name("log-signer").unstarted(this::run);
  private volatile boolean stopping;

  @Inject
  SigningLoop(
      @ReactiveDataSource("sign") Pool pool,
      LogKeys keys,
      SharedGuard guard,
      NewestHeads newest,
      SigningState state) {
    this.pool = pool;
    this.keys = keys;
    this.guard = guard;
    this.newest = newest;
    this.state = state;
  }

  void start(@Observes StartupEvent started) {
    thread.start();
  }

  void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
    stopping = true;
    wanted.release();
    thread.join(TimeUnit.SECONDS.toMillis(5));
    thread.interrupt();
  }

  void committed(@Observes BatchCommitted batch) {
    wanted.release();
  }

  private void run() {
    long lastWhole = System.nanoTime() - WHOLE_NANOS;
    try {
      while (!stopping) {
        wanted.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        wanted.drainPermits();
        long start = System.nanoTime();
        boolean whole = start - lastWhole >= WHOLE_NANOS;
        if (round(whole)) {
          lastWhole = whole ? start : lastWhole;
        }
        TimeUnit.NANOSECONDS.sleep(PACE_NANOS - (System.nanoTime() - start));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it went well. */
  boolean round(boolean whole) {
    try {
      Guard opened = guard.get();
      opened.refresh();
      Logs logs = new Logs(pool, keys, opened);
      Set<String> guarded = whole ? opened.tenants() : Set.of();
      List<String> without =
          Database.inTransaction(pool, connection -> SignerTables.withoutLog(connection, guarded));
      without.forEach(logs::begin);
      Signer.Round round = state.timed(() -> new Signer(pool, keys, opened).sign(whole));
      newest.released(round.seen());
      newest.released(round.signed());
      state.done(round);
      if (round.more()) {
        wanted.release();
      }
      if (whole || !round.halted().isEmpty()) {
        state.halted(Database.inTransaction(pool, SignerTables::halted));
      }
      return true;
    } catch (RuntimeException e) {
      if (!stopping) {
        state.failed(e);
      }
      return false;
    }
  }
}
