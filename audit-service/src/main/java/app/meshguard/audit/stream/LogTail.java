package app.meshguard.audit.stream;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.feed.Feed;
import app.meshguard.audit.feed.FeedEntry;
import app.meshguard.audit.ingest.BatchCommitted;
import app.meshguard.audit.platform.Database;
import app.meshguard.wire.TenantId;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Follows the end of the log once for all readers of this process, while there are any: woken by
 * what this process commits, and every second for what others do.
 */
@ApplicationScoped
class LogTail {
  private static final Logger LOG = Logger.getLogger(LogTail.class);
  private static final int AT_ONCE = 2_000;
  private static final int LOOKS_EVERY_MILLIS = 1_000;

  private final Feed feed;
  private final Pool pool;
  private final Map<TenantId, List<Reader>> readers = new ConcurrentHashMap<>();
  private final Semaphore woken = new Semaphore(0);
  private volatile boolean stopped;
  private boolean following;

  @Inject
  LogTail(Feed feed, @ReactiveDataSource("feed") Pool pool) {
    this.feed = feed;
    this.pool = pool;
  }

  /** Gives a reader everything that is appended from now on. */
  void add(Reader reader) {
    readers.computeIfAbsent(reader.tenant(), t -> new CopyOnWriteArrayList<>()).add(reader);
    synchronized (this) {
      if (!following) {
        following = true;
        long last = lastBatch();
        Thread.ofVirtual().name("log-tail").start(() -> follow(last));
      }
    }
  }

  void remove(Reader reader) {
    reader.close();
    readers.computeIfPresent(
        reader.tenant(),
        (tenant, of) -> {
          of.remove(reader);
          return of.isEmpty() ? null : of;
        });
  }

  /** How many listen to a tenant here. */
  int readers(TenantId tenant) {
    return readers.getOrDefault(tenant, List.of()).size();
  }

  void committed(@Observes BatchCommitted batch) {
    if (woken.availablePermits() == 0) {
      woken.release();
    }
  }

  void stop(@Observes ShutdownEvent shutdown) {
    stopped = true;
    readers.values().forEach(of -> of.forEach(Reader::close));
    woken.release();
  }

  private void follow(long from) {
    long batch = from;
    // All of the batch is known: its ordinals are behind.
    int ordinal = Integer.MAX_VALUE;
    while (goesOn()) {
      try {
        List<FeedEntry> entries = feed.after(batch, ordinal, AT_ONCE);
        for (FeedEntry entry : entries) {
          batch = entry.entry().batch();
          ordinal = entry.entry().ordinal();
          readers
              .getOrDefault(entry.tenant(), List.of())
              .forEach(reader -> reader.offer(entry.entry()));
        }
        if (entries.isEmpty() && woken.tryAcquire(LOOKS_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
          woken.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.warnf("the log cannot be followed now: %s", e.getMessage());
        pause();
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOKS_EVERY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean goesOn() {
    following = !stopped && !readers.isEmpty();
    return following;
  }

  private long lastBatch() {
    return Database.inTransaction(
        pool,
        connection ->
            await(connection.query("SELECT coalesce(max(batch), 0) FROM batch_span").execute())
                .iterator()
                .next()
                .getLong(0));
  }
}
