package app.meshguard.tenant.settings;

import app.meshguard.wire.bundle.DirectorySection.FloorEntry;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as it is answered.
 *
 * @param mediumRiskPerMinute the short form of {@code riskFloors.medium.callsPerMinute}, 600 where
 *     the tenant set none; absent when it set that there is no limit
 * @param tierCeilings only the tiers that the tenant set
 * @param riskFloors only the levels that the tenant set
 * @param retentionDays how long the audit log keeps what happened; absent when the plan says
 * @param erasurePaths where a record's context names a person
 */
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
    @Nullable Integer mediumRiskPerMinute,
    Map<String, List<String>> tierCeilings,
    Map<String, FloorEntry> riskFloors,
    @Nullable Integer retentionDays,
    List<String> erasurePaths,
    String createdAt,
    @Nullable Boolean propagated) {

  /** The body of a change as the OpenAPI document shows it. */
  @Schema(name = "ChangeTenant")
  record Change(
      String name,
      @Schema(description = "IANA name") String timezone,
      @Schema(enumeration = {"enforce", "audit"}) String mode,
      @Schema(minimum = "5", maximum = "86400") Integer maxStalenessSeconds,
      @Schema(
              minimum = "1",
              maximum = "1000000",
              description = "the short form of riskFloors.medium.callsPerMinute")
          Integer mediumRiskPerMinute,
      @Schema(description = "action patterns by trust tier; replaces what was set")
          Map<String, List<String>> tierCeilings,
      @Schema(
              description =
                  "what each risk level demands of every call; replaces what was set, and a level"
                      + " that is not named has its default")
          Map<String, FloorEntry> riskFloors,
      @Schema(
              nullable = true,
              minimum = "1",
              maximum = "3650",
              description =
                  "days that the audit log keeps records, at most what the plan allows; null for"
                      + " the plan's own")
          Integer retentionDays,
      @Schema(
              description =
                  "where the context of a call names a person, such as context.customer.id;"
                      + " replaces what was set",
              maxItems = 20)
          List<String> erasurePaths) {}
}
