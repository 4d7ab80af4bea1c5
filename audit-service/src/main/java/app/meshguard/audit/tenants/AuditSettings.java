package app.meshguard.audit.tenants;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant has settled about its log.
 *
 * @param tenantId given where the settings of all tenants are listed
 * @param retentionDays the tenant's own choice; absent when its plan decides
 * @param erasurePaths where in a record a person may be named
 */
@RegisterForReflection
public record AuditSettings(
    @Nullable String tenantId,
    String plan,
    @Nullable Integer retentionDays,
    List<String> erasurePaths) {
  public AuditSettings {
    erasurePaths = erasurePaths == null ? List.of() : List.copyOf(erasurePaths);
  }
}
