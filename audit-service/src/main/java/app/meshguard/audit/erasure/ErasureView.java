package app.meshguard.audit.erasure;

import app.meshguard.audit.subject.SubjectPath;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How far an erasure has come. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Erasure")
record ErasureView(
    String id,
    @Schema(
            description =
                "running; finished; finished_with_remainder when something about the person is left"
                    + " in the log: notes say what and why")
        String state,
    @Schema(description = "The person's pseudonym: the value is not kept") String subject,
    List<String> paths,
    String requestedAt,
    @Schema(description = "The admin token that asked for it") String requestedBy,
    @Schema(description = "Entries that were looked at") long scanned,
    @Schema(description = "Entries that there are to look at") long toScan,
    long erased,
    @Schema(description = "Entries about the person that a legal hold keeps") long held,
    List<String> heldBy,
    @Schema(description = "Entries about the person from before payloads were sealed")
        long unerasable,
    @Schema(description = "Entries that cannot be opened, so that nobody knows whom they concern")
        long unreadable,
    @Nullable String finishedAt,
    @Schema(description = "From then on no backup holds what was erased")
        @Nullable String goneFromBackupsAt,
    List<String> notes) {
  ErasureView {
    paths = List.copyOf(paths);
    heldBy = List.copyOf(heldBy);
    notes = List.copyOf(notes);
  }

  static ErasureView of(Erasure erasure, Duration backupHorizon) {
    Instant finished = erasure.finishedAt();
    return new ErasureView(
        erasure.id(),
        state(erasure),
        erasure.subject().pseudonym().toString(),
        erasure.subject().paths().stream().map(SubjectPath::text).toList(),
        erasure.requestedAt().toString(),
        erasure.requestedBy(),
        erasure.nextIndex(),
        erasure.endIndex(),
        erasure.erased(),
        erasure.held(),
        erasure.heldBy(),
        erasure.unerasable(),
        erasure.unreadable(),
        finished == null ? null : finished.toString(),
        finished == null ? null : finished.plus(backupHorizon).toString(),
        notes(erasure));
  }

  private static String state(Erasure erasure) {
    if (erasure.finishedAt() == null) {
      return "running";
    }
    return erasure.held() + erasure.unerasable() + erasure.unreadable() == 0
        ? "finished"
        : "finished_with_remainder";
  }

  private static List<String> notes(Erasure erasure) {
    List<String> notes = new ArrayList<>();
    if (erasure.held() > 0) {
      notes.add(
          erasure.held()
              + " entries are kept by "
              + String.join(", ", erasure.heldBy())
              + ". Ask again once that is lifted.");
    }
    if (erasure.unerasable() > 0) {
      notes.add(
          erasure.unerasable()
              + " entries are older than sealed payloads: their record is what is hashed, so it"
              + " cannot be destroyed alone. Retention deletes them.");
    }
    if (erasure.unreadable() > 0) {
      notes.add(
          erasure.unreadable()
              + " entries cannot be opened, so nobody can say whether they are about this person.");
    }
    return notes;
  }

  /** Some of them. */
  @RegisterForReflection
  @Schema(name = "Erasures")
  record All(List<ErasureView> erasures) {
    All {
      erasures = List.copyOf(erasures);
    }
  }

  /** What {@code POST /admin/erasures} takes. */
  @Schema(name = "ErasureRequest")
  record Request(
      @Schema(required = true, description = "The value that names the person, exactly")
          String subject,
      @Schema(description = "Where to look, beside the tenant's erasurePaths")
          @Nullable List<String> paths) {
    Request {
      paths = paths == null ? null : List.copyOf(paths);
    }
  }
}
