package app.meshguard.wire.bundle;

import app.meshguard.wire.TenantId;
import java.util.List;

/**
 * The data of a {@code change} event on {@code GET /internal/feed}: the versions that a tenant's
 * sections have now, and the revocations that must hold before anything is fetched.
 */
public record FeedEvent(
    TenantId tenantId, long policies, long directory, long revocations, List<Revocation> revoked) {
  public FeedEvent {
    revoked = revoked == null ? List.of() : List.copyOf(revoked);
  }
}
