package app.meshguard.tenant.bundle;

import app.meshguard.wire.Base62;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Which decision replicas hold the feed open, at any replica of this service: rows that each of
 * them keeps fresh for its own connections, so that those of one that died grow stale.
 */
@ApplicationScoped
class Subscribers {
  private static final Logger LOG = Logger.getLogger(Subscribers.class);

  private final Pool pool;
  private final Map<String, String> replicasByOwn = new ConcurrentHashMap<>();

  Subscribers(Pool pool) {
    this.pool = pool;
  }

  /** Registers a connection and answers its id. Only then may the replica read versions. */
  Uni<String> add(String replica) {
    String subscription = Base62.random(22);
    return pool.preparedQuery(
            "insert into feed_subscribers (subscription, replica, seen_at) values ($1, $2, now())")
        .execute(Tuple.of(subscription, replica))
        .map(
            inserted -> {
              replicasByOwn.put(subscription, replica);
              return subscription;
            });
  }

  Uni<Void> remove(String subscription) {
    replicasByOwn.remove(subscription);
    return pool.preparedQuery("delete from feed_subscribers where subscription = $1")
        .execute(Tuple.of(subscription))
        .replaceWithVoid();
  }

  /** Takes the own rows away, so that no write waits for replicas that are about to reconnect. */
  void stop(@Observes ShutdownEvent event) {
    if (replicasByOwn.isEmpty()) {
      return;
    }
    try {
      pool.preparedQuery("delete from feed_subscribers where subscription = any($1)")
          .execute(Tuple.of(replicasByOwn.keySet().toArray(String[]::new)))
          .await()
          .atMost(Duration.ofSeconds(1));
    } catch (RuntimeException e) {
      LOG.debugf("own subscribers stay until they are stale: %s", e.getMessage());
    }
  }

  /** Keeps the own rows fresh, drops those that are long dead, and answers the live replicas. */
  Uni<List<String>> refresh() {
    Map<String, String> now = Map.copyOf(replicasByOwn);
    // An upsert: while this instance could not write, another may have taken the rows for dead.
    return pool.preparedQuery(
            "insert into feed_subscribers (subscription, replica, seen_at)"
                + " select subscription, replica, now()"
                + " from unnest($1::text[], $2::text[]) as own (subscription, replica)"
                + " on conflict (subscription) do update set seen_at = now()")
        .execute(Tuple.of(now.keySet().toArray(String[]::new), now.values().toArray(String[]::new)))
        .chain(
            () ->
                pool.preparedQuery(
                        "delete from feed_subscribers where subscription = any($1)"
                            + " or seen_at < now() - interval '1 minute'")
                    .execute(Tuple.of(goneSince(now))))
        .chain(this::live);
  }

  /** Those that were removed while their rows were being refreshed. */
  private String[] goneSince(Map<String, String> then) {
    return then.keySet().stream()
        .filter(subscription -> !replicasByOwn.containsKey(subscription))
        .toArray(String[]::new);
  }

  /** The names of the replicas that are connected now, here or elsewhere. */
  Uni<List<String>> live() {
    return pool.query(
            "select distinct replica from feed_subscribers"
                + " where seen_at > now() - interval '4 seconds'")
        .execute()
        .map(this::names);
  }

  private List<String> names(RowSet<Row> rows) {
    Set<String> names = new TreeSet<>(replicasByOwn.values());
    rows.forEach(row -> names.add(row.getString(0)));
    return List.copyOf(names);
  }
}
