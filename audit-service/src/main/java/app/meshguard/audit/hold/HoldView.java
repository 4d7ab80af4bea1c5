package app.meshguard.audit.hold;

import app.meshguard.audit.subject.Subject;
import app.meshguard.audit.subject.SubjectPath;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A hold as it is answered. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Hold")
record HoldView(
    String id,
    @Schema(description = "in force, or lifted") String state,
    @Schema(description = "Whether all entries are held, those of tomorrow too")
        boolean wholeTenant,
    @Nullable String agentId,
    @Nullable String traceId,
    @Nullable String from,
    @Nullable String to,
    @Schema(description = "The person's pseudonym: the value itself is not kept")
        @Nullable String subject,
    @Nullable List<String> paths,
    String reason,
    @Schema(description = "The id of the admin token") String placedBy,
    String placedAt,
    @Nullable String liftedBy,
    @Nullable String liftedAt,
    @Nullable String liftedBecause) {

  static HoldView of(Hold hold) {
    Hold.Scope scope = hold.scope();
    Subject subject = scope.subject();
    Hold.Lifted lifted = hold.lifted();
    return new HoldView(
        hold.id(),
        lifted == null ? "in_force" : "lifted",
        scope.isWholeTenant(),
        scope.agentId(),
        scope.traceId(),
        text(scope.from()),
        text(scope.to()),
        subject == null ? null : subject.pseudonym().toString(),
        subject == null ? null : subject.paths().stream().map(SubjectPath::text).toList(),
        hold.reason(),
        hold.placedBy(),
        hold.placedAt().toString(),
        lifted == null ? null : lifted.by(),
        lifted == null ? null : lifted.at().toString(),
        lifted == null ? null : lifted.reason());
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  /** All of them. */
  @RegisterForReflection
  @Schema(name = "Holds")
  record All(List<HoldView> holds) {
    All {
      holds = List.copyOf(holds);
    }
  }
}
