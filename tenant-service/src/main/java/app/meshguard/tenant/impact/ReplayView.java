package app.meshguard.tenant.impact;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A past decision, decided again as things were.
 *
 * @param replayed false when it could not be, for the reasons in {@code notes}
 * @param same whether it is what was recorded, in every field that {@code differences} could name
 * @param policyRevision absent, as {@code policy} and {@code rule}, when no policy decided
 * @param explanation how it came about; absent when it was not replayed
 * @param notes what is not known, or was taken from the record
 */
@RegisterForReflection(ignoreNested = false)
@Schema(name = "Replay")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReplayView(
    boolean replayed,
    boolean same,
    @Nullable String decision,
    @Nullable String code,
    @Nullable String policy,
    @Nullable Integer policyRevision,
    @Nullable String rule,
    @Nullable String reason,
    @Nullable Map<String, @Nullable Object> obligations,
    List<Difference> differences,
    @Nullable Map<String, @Nullable Object> explanation,
    List<String> notes) {

  /** A field that is not what was recorded; absent is JSON's null. */
  @Schema(name = "ReplayDifference")
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Difference(String field, @Nullable Object recorded, @Nullable Object replayed) {}

  static ReplayView not(List<String> why) {
    return new ReplayView(
        false, false, null, null, null, null, null, null, null, List.of(), null, why);
  }
}
