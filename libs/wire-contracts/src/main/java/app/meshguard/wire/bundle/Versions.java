package app.meshguard.wire.bundle;

import app.meshguard.wire.TenantId;
import java.util.List;

/** The answer of {@code GET /internal/bundles}: what there is to fetch, for every tenant. */
public record Versions(String keys, List<OfTenant> tenants) {
  public Versions {
    tenants = List.copyOf(tenants);
  }

  /** The current version of each section of one tenant. */
  public record OfTenant(TenantId tenantId, long policies, long directory, long revocations) {}
}
