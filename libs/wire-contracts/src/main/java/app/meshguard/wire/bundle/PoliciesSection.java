package app.meshguard.wire.bundle;

import app.meshguard.wire.TenantId;
import java.util.List;

/**
 * The policies of a tenant: {@code GET /internal/bundles/{tenantId}/policies}.
 *
 * @param format 1
 * @param version counts up with each management write that touches policies
 */
public record PoliciesSection(
    int format, TenantId tenantId, long version, List<PublishedPolicy> policies) {
  public PoliciesSection {
    policies = List.copyOf(policies);
  }

  /**
   * One policy in force.
   *
   * @param revision the number that MeshGuard counts up at each apply
   * @param document the YAML text of this one document, as the author wrote it
   */
  public record PublishedPolicy(String id, String name, int revision, String document) {}
}
