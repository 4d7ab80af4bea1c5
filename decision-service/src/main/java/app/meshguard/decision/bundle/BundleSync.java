package app.meshguard.decision.bundle;

import app.meshguard.decision.bundle.BundleAssembly.Source;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.bundle.FeedAck;
import app.meshguard.wire.bundle.Versions;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Brings each tenant's bundle to the versions that were announced: fetches what differs, puts it in
 * force in one step, keeps it on disk and acknowledges. One tenant's changes go one after another.
 */
@Singleton
class BundleSync {
  private static final Logger LOG = Logger.getLogger(BundleSync.class);
  private static final int LANES = 4;
  private static final long RETRY_MS = 500;

  private final TenantService service;
  private final BundleAssembly assembly;
  private final BundleStore store;
  private final Bundles bundles;
  private final Replica replica;
  private final ExecutorService[] lanes = new ExecutorService[LANES];
  private final ConcurrentMap<TenantId, Versions.OfTenant> wanted = new ConcurrentHashMap<>();

  /** Of whom the log says already that they cannot be brought up to date. */
  private final Set<TenantId> failing = ConcurrentHashMap.newKeySet();

  BundleSync(
      TenantService service,
      BundleAssembly assembly,
      BundleStore store,
      Bundles bundles,
      Replica replica) {
    this.service = service;
    this.assembly = assembly;
    this.store = store;
    this.bundles = bundles;
    this.replica = replica;
    for (int i = 0; i < LANES; i++) {
      lanes[i] =
          Executors.newSingleThreadExecutor(
              Thread.ofPlatform().daemon().name("bundle-sync-" + i).factory());
    }
  }

  /** Loads what the disk has; what cannot be read is fetched later. */
  void loadFromDisk() {
    try {
      for (TenantId tenant : store.tenants()) {
        loadFromDisk(tenant);
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("The bundles on disk cannot be read", e);
    }
  }

  private void loadFromDisk(TenantId tenant) {
    try {
      TenantBundle bundle = assembly.assemble(tenant, null, section -> store.read(tenant, section));
      if (bundle != null) {
        bundles.put(bundle);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warnf(e, "The bundle of %s on disk is not used", tenant);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** These are the versions now. */
  void announce(Versions.OfTenant versions) {
    TenantId tenant = versions.tenantId();
    bundles.behind(tenant);
    wanted.merge(tenant, versions, BundleSync::newest);
    lane(tenant).execute(() -> catchUp(tenant));
  }

  /** Runs the action when all that was announced before has been tried. */
  void whenTried(Runnable action) {
    CompletableFuture<?>[] tried = new CompletableFuture<?>[LANES];
    for (int i = 0; i < LANES; i++) {
      tried[i] = CompletableFuture.runAsync(() -> {}, lanes[i]);
    }
    CompletableFuture.allOf(tried).thenRun(action);
  }

  private ExecutorService lane(TenantId tenant) {
    return lanes[Math.floorMod(tenant.hashCode(), LANES)];
  }

  private static Versions.OfTenant newest(Versions.OfTenant a, Versions.OfTenant b) {
    return new Versions.OfTenant(
        a.tenantId(),
        Math.max(a.policies(), b.policies()),
        Math.max(a.directory(), b.directory()),
        Math.max(a.revocations(), b.revocations()));
  }

  private void catchUp(TenantId tenant) {
    Versions.OfTenant versions = wanted.get(tenant);
    if (versions == null) {
      return;
    }
    try {
      Map<SectionName, SignedSection> fetched = apply(tenant, versions);
      wanted.remove(tenant, versions);
      if (failing.remove(tenant)) {
        LOG.infof("The bundle of %s is brought up to date again", tenant);
      }
      if (!wanted.containsKey(tenant)) {
        bundles.caughtUp(tenant);
      }
      for (Map.Entry<SectionName, SignedSection> section : fetched.entrySet()) {
        store.write(tenant, section.getKey(), section.getValue());
      }
    } catch (IOException | RuntimeException e) {
      if (failing.add(tenant)) {
        LOG.warnf(e, "The bundle of %s cannot be brought up to date; trying on", tenant);
      }
      retry(tenant);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<SectionName, SignedSection> apply(TenantId tenant, Versions.OfTenant versions)
      throws IOException, InterruptedException {
    TenantBundle former = bundles.find(tenant);
    Map<SectionName, SignedSection> fetched = new EnumMap<>(SectionName.class);
    Source source =
        section -> {
          if (former != null && isCurrent(former, versions, section)) {
            return null;
          }
          SignedSection signed = service.section(tenant, section);
          fetched.put(section, signed);
          return signed;
        };
    TenantBundle next = assembly.assemble(tenant, former, source);
    if (next == null) {
      throw new IOException("a section of " + tenant + " is missing");
    }
    if (!fetched.isEmpty()) {
      bundles.put(next);
    }
    // Before the disk: a management write waits for this.
    acknowledge(next);
    return fetched;
  }

  private static boolean isCurrent(
      TenantBundle former, Versions.OfTenant versions, SectionName section) {
    return switch (section) {
      case POLICIES -> former.policiesVersion() >= versions.policies();
      case DIRECTORY -> former.directoryVersion() >= versions.directory();
      case REVOCATIONS -> former.revocationsVersion() >= versions.revocations();
    };
  }

  private void acknowledge(TenantBundle bundle) throws InterruptedException {
    try {
      service.acknowledge(
          new FeedAck(
              replica.id(),
              bundle.tenant(),
              bundle.policiesVersion(),
              bundle.directoryVersion(),
              bundle.revocationsVersion()));
    } catch (IOException e) {
      // The write that waits for it says so after a second; the data is in force.
      LOG.debug("An acknowledgement did not arrive", e);
    }
  }

  private void retry(TenantId tenant) {
    CompletableFuture.delayedExecutor(RETRY_MS, TimeUnit.MILLISECONDS)
        .execute(() -> lane(tenant).execute(() -> catchUp(tenant)));
  }
}
