package app.meshguard.wire.bundle;

import app.meshguard.wire.TenantId;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
   * @param canary absent when every agent gets {@code document}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PublishedPolicy(
      String id, String name, int revision, String document, @Nullable PublishedCanary canary) {}

  /**
   * Another revision of the same policy that a share of the agents gets instead.
   *
   * @param percent how large the share is, 1 to 99; which agents are in it is the engine's to say
   */
  public record PublishedCanary(int revision, String document, int percent) {
    public PublishedCanary {
      if (percent < 1 || percent > 99) {
        throw new IllegalArgumentException("a canary's share is from 1 to 99 percent");
      }
    }
  }
}
