package app.meshguard.tenant.bundle;

import app.meshguard.tenant.platform.DirectDatabase;
import app.meshguard.tenant.platform.Json;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.bundle.FeedAck;
import app.meshguard.wire.bundle.FeedEvent;
import app.meshguard.wire.bundle.Versions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgNotification;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hears of changes and acknowledgements over a connection of its own, which it pings and makes
 * anew. After each new connection it compares all versions with those it knows, so that what was
 * announced in between is told.
 */
@ApplicationScoped
class ChangeListener {
  private static final Logger LOG = Logger.getLogger(ChangeListener.class);
  private static final Duration HEARTBEAT = Duration.ofMillis(250);
  private static final Duration PING_LIMIT = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Vertx vertx;
  private final PgConnectOptions options;
  private final SectionReader sections;
  private final FeedHub hub;
  private final Acknowledgements acknowledgements;
  private final Subscribers subscribers;
  private final Map<TenantId, Versions.OfTenant> known = new ConcurrentHashMap<>();
  private volatile @Nullable PgConnection connection;
  private volatile boolean stopped;
  private boolean pinging;
  private boolean refreshing;
  private boolean caughtUpOnce;
  private String lastFault = "";

  ChangeListener(
      Vertx vertx,
      SectionReader sections,
      FeedHub hub,
      Acknowledgements acknowledgements,
      Subscribers subscribers,
      DirectDatabase database) {
    this.vertx = vertx;
    this.options = database.options("feed");
    this.sections = sections;
    this.hub = hub;
    this.acknowledgements = acknowledgements;
    this.subscribers = subscribers;
  }

  void start(@Observes StartupEvent event) {
    // One event loop runs all that follows, so that its state needs no locks.
    vertx
        .getOrCreateContext()
        .runOnContext(
            () -> {
              connect();
              vertx.setPeriodic(HEARTBEAT.toMillis(), id -> beat());
              vertx.setPeriodic(1000, id -> refresh());
            });
  }

  void stop(@Observes ShutdownEvent event) {
    stopped = true;
    PgConnection open = connection;
    connection = null;
    if (open != null) {
      open.close().subscribe().with(closed -> {}, failure -> {});
    }
  }

  /** Whether changes are heard of now. */
  boolean live() {
    return connection != null;
  }

  private void connect() {
    if (stopped) {
      return;
    }
    PgConnection.connect(vertx, options)
        .ifNoItem()
        .after(Duration.ofSeconds(5))
        .fail()
        .subscribe()
        .with(this::listen, this::retry);
  }

  private void listen(PgConnection fresh) {
    fresh.notificationHandler(this::hear);
    fresh.closeHandler(() -> lost(fresh, "closed"));
    fresh
        .query("listen " + Channels.CHANGES)
        .execute()
        .chain(() -> fresh.query("listen " + Channels.ACKS).execute())
        .chain(sections::versions)
        .chain(this::catchUp)
        .ifNoItem()
        .after(Duration.ofSeconds(30))
        .fail()
        .subscribe()
        .with(
            done -> {
              connection = fresh;
              lastFault = "";
              LOG.info("listening for changes");
            },
            failure -> {
              drop(fresh);
              retry(failure);
            });
  }

  /** Tells what has changed since the last connection; the first one only learns the versions. */
  private Uni<Void> catchUp(List<Versions.OfTenant> current) {
    List<Versions.OfTenant> missed = new ArrayList<>();
    for (Versions.OfTenant tenant : current) {
      Versions.OfTenant before = known.get(tenant.tenantId());
      if (caughtUpOnce && !tenant.equals(before)) {
        missed.add(tenant);
      }
    }
    return Multi.createFrom()
        .iterable(missed)
        .onItem()
        .transformToUniAndConcatenate(sections::event)
        .invoke(this::tell)
        .collect()
        .last()
        .invoke(
            () -> {
              current.forEach(t -> known.merge(t.tenantId(), t, ChangeListener::newer));
              caughtUpOnce = true;
            })
        .replaceWithVoid();
  }

  private static Versions.OfTenant newer(Versions.OfTenant one, Versions.OfTenant other) {
    return new Versions.OfTenant(
        one.tenantId(),
        Math.max(one.policies(), other.policies()),
        Math.max(one.directory(), other.directory()),
        Math.max(one.revocations(), other.revocations()));
  }

  private void hear(PgNotification notification) {
    try {
      if (notification.getChannel().equals(Channels.CHANGES)) {
        tell(Json.read(notification.getPayload(), FeedEvent.class));
      } else {
        acknowledgements.accept(Json.read(notification.getPayload(), FeedAck.class));
      }
    } catch (IllegalStateException e) {
      // Another release's notification: the versions tell what there is to fetch.
      LOG.error("a notification is not readable; connecting anew", e);
      PgConnection open = connection;
      if (open != null) {
        lost(open, "unreadable notification");
        drop(open);
      }
    }
  }

  private void tell(FeedEvent event) {
    known.merge(
        event.tenantId(),
        new Versions.OfTenant(
            event.tenantId(), event.policies(), event.directory(), event.revocations()),
        ChangeListener::newer);
    hub.change(event);
  }

  private void beat() {
    PgConnection open = connection;
    if (open == null) {
      return;
    }
    hub.heartbeat();
    if (!pinging) {
      pinging = true;
      open.query("select 1")
          .execute()
          .ifNoItem()
          .after(PING_LIMIT)
          .fail()
          .onTermination()
          .invoke(() -> pinging = false)
          .subscribe()
          .with(
              ok -> {},
              failure -> {
                lost(open, String.valueOf(failure.getMessage()));
                drop(open);
              });
    }
  }

  private void refresh() {
    if (refreshing || stopped) {
      return;
    }
    refreshing = true;
    subscribers
        .refresh()
        .ifNoItem()
        .after(Duration.ofSeconds(3))
        .fail()
        .onTermination()
        .invoke(() -> refreshing = false)
        .subscribe()
        .with(
            acknowledgements::keep,
            failure -> LOG.debugf("cannot refresh subscribers: %s", failure.getMessage()));
  }

  private void lost(PgConnection which, String why) {
    if (connection == which) {
      connection = null;
      LOG.warnf("the connection that hears of changes is lost (%s)", why);
      vertx.setTimer(PAUSE.toMillis(), id -> connect());
    }
  }

  private void retry(Throwable failure) {
    String fault = String.valueOf(failure.getMessage());
    if (!fault.equals(lastFault)) {
      LOG.warnf("cannot listen for changes, trying again: %s", fault);
    }
    lastFault = fault;
    vertx.setTimer(PAUSE.toMillis(), id -> connect());
  }

  private static void drop(PgConnection which) {
    which.close().subscribe().with(closed -> {}, failure -> {});
  }
}
