package app.meshguard.decision.bundle;

import app.meshguard.wire.TenantId;
import app.meshguard.wire.bundle.FeedEvent;
import app.meshguard.wire.bundle.Heartbeat;
import app.meshguard.wire.bundle.Versions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Listens to the tenant-service for ever. Subscribes first and reads the versions then, so that no
 * change falls in between.
 */
@Singleton
class Feed {
  private static final Logger LOG = Logger.getLogger(Feed.class);
  private static final long FIRST_BACKOFF_MS = 50;

  private final TenantService service;
  private final SectionReader reader;
  private final BundleSync sync;
  private final BundleStore store;
  private final Bundles bundles;
  private final FeedState state;
  private final BundleConfig config;
  private volatile boolean stopping;
  private volatile @Nullable InputStream stream;
  private @Nullable String keysVersion;
  private final FeedOutage outage = new FeedOutage();
  private volatile boolean silent;
  private volatile boolean following;

  Feed(
      TenantService service,
      SectionReader reader,
      BundleSync sync,
      BundleStore store,
      Bundles bundles,
      FeedState state,
      BundleConfig config) {
    this.service = service;
    this.reader = reader;
    this.sync = sync;
    this.store = store;
    this.bundles = bundles;
    this.state = state;
    this.config = config;
  }

  void start(@Observes @Priority(100) StartupEvent started) {
    sync.loadFromDisk();
    loadKeys();
    if (bundles.size() > 0) {
      bundles.loaded();
    }
    Thread.ofPlatform().daemon().name("feed").start(this::listen);
    Thread.ofPlatform().daemon().name("feed-watch").start(this::watch);
  }

  void stop(@Observes ShutdownEvent stopped) {
    stopping = true;
    closeStream();
  }

  private void loadKeys() {
    try {
      byte[] keys = store.readKeys();
      if (keys != null) {
        state.keys().use(keys);
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("The token keys on disk are not used", e);
    }
  }

  private void listen() {
    long backoff = FIRST_BACKOFF_MS;
    while (!stopping) {
      try (InputStream events = service.feed(state.replica())) {
        silent = false;
        state.heard();
        stream = events;
        subscribed();
        backoff = FIRST_BACKOFF_MS;
        read(events);
      } catch (IOException | RuntimeException e) {
        if (!stopping) {
          outage.noticed(silent ? new IOException("nothing came for " + config.silence(), e) : e);
        }
      } catch (InterruptedException e) {
        return;
      } finally {
        state.lost();
      }
      LockSupport.parkNanos(backoff * 1_000_000);
      backoff = Math.min(backoff * 2, config.maxBackoff().toMillis());
    }
  }

  private void subscribed() throws IOException, InterruptedException {
    Versions versions = reader.versions(service.versions());
    fetchKeys(versions.keys());
    Set<TenantId> living =
        versions.tenants().stream()
            .map(Versions.OfTenant::tenantId)
            .collect(Collectors.toUnmodifiableSet());
    bundles.retain(living);
    store.retain(living);
    versions.tenants().forEach(sync::announce);
    sync.whenTried(
        () -> {
          bundles.loaded();
          if (!following) {
            following = true;
            LOG.infof("Following the tenant-service: %d tenants", bundles.size());
          }
        });
    state.connected();
  }

  private void read(InputStream events) throws IOException, InterruptedException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8));
    String name = "";
    StringBuilder data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        handle(name, data.toString());
        name = "";
        data.setLength(0);
      } else if (line.startsWith("event:")) {
        name = line.substring("event:".length()).strip();
      } else if (line.startsWith("data:")) {
        data.append(line.substring("data:".length()).strip());
      }
    }
    throw new IOException("the feed has ended");
  }

  private void handle(String name, String data) throws IOException, InterruptedException {
    switch (name) {
      case "heartbeat" -> {
        Heartbeat heartbeat = reader.heartbeat(data);
        heard();
        fetchKeys(heartbeat.keys());
      }
      case "change" -> {
        FeedEvent event = reader.change(data);
        bundles.revoke(event.tenantId(), event.revoked());
        sync.announce(
            new Versions.OfTenant(
                event.tenantId(), event.policies(), event.directory(), event.revocations()));
        heard();
      }
      default -> {
        // An event of a later release says nothing that this one must act on.
      }
    }
  }

  /** The outage is over with the first event: a feed that opens and ends at once is none. */
  private void heard() {
    state.heard();
    outage.over();
  }

  private void fetchKeys(String version) throws IOException, InterruptedException {
    if (!version.equals(keysVersion)) {
      byte[] keys = service.keys();
      state.keys().use(keys);
      store.writeKeys(keys);
      keysVersion = version;
    }
  }

  /** A connection that died without a word is closed, so that the reader wakes up. */
  private void watch() {
    while (!stopping) {
      LockSupport.parkNanos(config.silence().toNanos() / 4);
      if (stream != null && state.silentFor().compareTo(config.silence()) > 0) {
        silent = true;
        closeStream();
      }
    }
  }

  private void closeStream() {
    InputStream open = stream;
    stream = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.debug("The feed's stream did not close", e);
      }
    }
  }
}
