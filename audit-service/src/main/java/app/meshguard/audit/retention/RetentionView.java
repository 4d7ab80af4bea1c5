package app.meshguard.audit.retention;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How long a tenant's entries are kept, and why. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Retention")
record RetentionView(
    int days,
    @Schema(description = "tenant: its own retentionDays; plan: what its plan says") String basis,
    String plan,
    @Schema(description = "What was recorded before this moment may be deleted") String cutoff,
    @Schema(description = "The hour of the day, UTC, from which the daily run begins")
        int dailyRunHour,
    int holdsInForce,
    @Nullable OfRun lastRun) {

  /** A run as it is answered. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "RetentionRun")
  record OfRun(
      @Schema(description = "Absent of a dry run") @Nullable String id,
      boolean dryRun,
      String startedAt,
      int days,
      String basis,
      String cutoff,
      long deleted,
      @Schema(description = "Entries that were due and are held") long held,
      @Nullable Long firstIndex,
      @Nullable Long lastIndex,
      @Schema(description = "false when there was no time for all: run again") boolean complete,
      @Schema(description = "The admin token that asked for it; absent of the daily run")
          @Nullable String requestedBy) {

    static OfRun of(RetentionRun run) {
      return new OfRun(
          run.id().isEmpty() ? null : run.id(),
          run.id().isEmpty(),
          run.startedAt().toString(),
          run.period().days(),
          run.period().basis(),
          run.cutoff().toString(),
          run.deleted(),
          run.held(),
          run.firstIndex(),
          run.lastIndex(),
          run.complete(),
          run.requestedBy());
    }
  }

  /** What {@code POST /admin/retention/run} takes. */
  @Schema(name = "RetentionRunRequest")
  record Request(
      @Schema(description = "Only say what would be deleted") @Nullable Boolean dryRun) {}
}
