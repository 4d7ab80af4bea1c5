package app.meshguard.tenant.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A tenant as it is answered. */
@RegisterForReflection(ignoreNested = false)
@Schema(name = "Tenant")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TenantView(
    String orgId,
    String name,
    String email,
    String plan,
    String timezone,
    String mode,
    int maxStalenessSeconds,
    int mediumRiskPerMinute,
    Map<String, List<String>> tierCeilings,
    String createdAt,
    @Nullable Boolean propagated) {

  /** The body of a change as the OpenAPI document shows it. */
  @Schema(name = "ChangeTenant")
  record Change(
      String name,
      @Schema(description = "IANA name") String timezone,
      @Schema(enumeration = {"enforce", "audit"}) String mode,
      @Schema(minimum = "5", maximum = "86400") Integer maxStalenessSeconds,
      @Schema(minimum = "1", maximum = "1000000") Integer mediumRiskPerMinute,
      @Schema(description = "action patterns by trust tier; replaces what was set")
          Map<String, List<String>> tierCeilings) {}
}
