package app.meshguard.decision.bundle;

import app.meshguard.wire.TenantId;
import app.meshguard.wire.bundle.Revocation;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The bundles in force. */
@Singleton
public class Bundles {
  private final ConcurrentMap<TenantId, TenantBundle> bundles = new ConcurrentHashMap<>();

  /** Since when a tenant's bundle is known to lack something, in milliseconds. */
  private final ConcurrentMap<TenantId, Long> behindSince = new ConcurrentHashMap<>();

  /** What was revoked of a tenant whose sections have not come yet. */
  private final ConcurrentMap<TenantId, Collection<Revocation>> early = new ConcurrentHashMap<>();

  private final Freshness freshness;
  private final Clock clock;
  private volatile boolean loaded;

  Bundles(Freshness freshness, Clock clock) {
    this.freshness = freshness;
    this.clock = clock;
  }

  public @Nullable TenantBundle find(TenantId tenant) {
    return bundles.get(tenant);
  }

  /** How old what this replica knows of the tenant is, in milliseconds. */
  public long ageMs(TenantId tenant) {
    Long behind = behindSince.get(tenant);
    long age = freshness.ageMs();
    return behind == null ? age : Math.max(age, clock.millis() - behind);
  }

  /** Whether all that the tenant-service or the disk had was loaded once. */
  public boolean isLoaded() {
    return loaded;
  }

  public int size() {
    return bundles.size();
  }

  void loaded() {
    loaded = true;
  }

  void put(TenantBundle bundle) {
    bundles.compute(
        bundle.tenant(),
        (tenant, old) -> {
          Collection<Revocation> known = early.remove(tenant);
          return known == null ? bundle : bundle.revoking(known);
        });
  }

  void revoke(TenantId tenant, List<Revocation> revoked) {
    if (revoked.isEmpty()) {
      return;
    }
    bundles.compute(
        tenant,
        (id, old) -> {
          early.merge(id, revoked, Bundles::together);
          return old == null ? null : old.revoking(revoked);
        });
  }

  private static Collection<Revocation> together(
      Collection<Revocation> known, Collection<Revocation> more) {
    Set<Revocation> all = ConcurrentHashMap.newKeySet();
    all.addAll(known);
    all.addAll(more);
    return all;
  }

  void behind(TenantId tenant) {
    behindSince.putIfAbsent(tenant, clock.millis());
  }

  void caughtUp(TenantId tenant) {
    behindSince.remove(tenant);
  }

  void retain(Set<TenantId> tenants) {
    bundles.keySet().retainAll(tenants);
    behindSince.keySet().retainAll(tenants);
  }
}
