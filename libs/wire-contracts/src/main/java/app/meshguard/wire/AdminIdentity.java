package app.meshguard.wire;

import java.util.List;

/**
 * Who stands behind an admin token: the answer of {@code POST /internal/credentials/admin}, which
 * takes {@link Query}. 404 when the token is not known, expired or revoked.
 *
 * @param permissions of the 13 permissions, such as {@code audit:read}
 */
public record AdminIdentity(TenantId tenantId, String keyId, List<String> permissions) {
  public AdminIdentity {
    permissions = List.copyOf(permissions);
  }

  /**
   * The question: never the token itself, only its hash.
   *
   * @param sha256 lower-case hex of the token's whole text
   */
  public record Query(TenantId tenantId, String keyId, String sha256) {}
}
