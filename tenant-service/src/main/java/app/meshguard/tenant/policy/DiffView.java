package app.meshguard.tenant.policy;

import app.meshguard.policy.authoring.PolicyDiff;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What changed between two revisions. */
@RegisterForReflection(ignoreNested = false)
@Schema(name = "PolicyDiff")
public record DiffView(int from, int to, List<Change> changes) {

  /**
   * One thing that changed.
   *
   * @param rule absent for what is not about one rule
   */
  @Schema(name = "PolicyChange")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Change(
      @Schema(enumeration = {"added", "removed", "changed", "moved"}) String kind,
      @Nullable String rule,
      String words) {}

  /** Takes long for long documents: not on an event loop. */
  static DiffView of(Revisions.Pair pair) {
    return new DiffView(
        pair.from().revision(),
        pair.to().revision(),
        PolicyDiff.between(
                PolicyText.stored(pair.from().document()), PolicyText.stored(pair.to().document()))
            .stream()
            .map(change -> new Change(change.kind().text(), change.rule(), change.words()))
            .toList());
  }
}
