package app.meshguard.audit.hold;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What {@link HoldRequest} reads, for the OpenAPI document. */
@Schema(name = "HoldRequest")
record HoldBody(
    @Schema(required = true, description = "Why") String reason,
    @Nullable Boolean wholeTenant,
    @Schema(description = "Entries that name this agent") @Nullable String agentId,
    @Nullable String traceId,
    @Schema(description = "The first moment, of when it happened, that is held")
        @Nullable String from,
    @Schema(description = "The first moment that is not") @Nullable String to,
    @Schema(description = "The value that names a person") @Nullable String subject,
    @Schema(description = "Where to look for the subject, beside the tenant's erasurePaths")
        @Nullable List<String> paths) {
  HoldBody {
    paths = paths == null ? null : List.copyOf(paths);
  }
}
