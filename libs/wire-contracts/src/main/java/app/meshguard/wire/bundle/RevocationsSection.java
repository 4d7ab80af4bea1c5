package app.meshguard.wire.bundle;

import app.meshguard.wire.TenantId;
import java.util.List;

/**
 * All revocations that still matter: {@code GET /internal/bundles/{tenantId}/revocations}. One that
 * is older than the longest token life is left out: expiry refuses those tokens.
 */
public record RevocationsSection(
    int format, TenantId tenantId, long version, List<Revocation> revoked) {
  public RevocationsSection {
    revoked = List.copyOf(revoked);
  }
}
