package app.meshguard.tenant.settings;

import app.meshguard.wire.TenantId;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What the audit-service keeps a tenant's records by.
 *
 * @param retentionDays null for the plan's own
 */
@RegisterForReflection
@Schema(name = "AuditSettings")
@JsonInclude(JsonInclude.Include.ALWAYS)
record AuditSettingsView(
    TenantId tenantId, String plan, @Nullable Integer retentionDays, List<String> erasurePaths) {}
