package app.meshguard.tenant.policy;

import app.meshguard.policy.document.PolicyProblem;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A policy as it is answered.
 *
 * @param kind the shape that the document was written in
 * @param status {@code draft} when no revision was ever in force
 * @param revision the one in force, 0 of a draft; MeshGuard counts up at each apply
 * @param newestRevision the newest that is stored, published or not
 * @param canary absent when every agent gets the one in force
 * @param version the author's own label
 * @param document the YAML, where one policy was asked for
 */
@RegisterForReflection(ignoreNested = false)
@Schema(name = "Policy")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PolicyView(
    String id,
    String name,
    @Schema(enumeration = {"policy", "access_profile", "guardrails"}) String kind,
    @Schema(enumeration = {"in_force", "draft", "deleted"}) String status,
    int revision,
    int newestRevision,
    @Nullable Canary canary,
    String version,
    @Nullable String description,
    List<PolicySummary.RuleSummary> rules,
    String createdAt,
    String updatedAt,
    @Nullable String document,
    @Nullable Boolean propagated) {

  /** A revision that a share of the agents gets instead. */
  @Schema(name = "PolicyCanary")
  public record Canary(int revision, int percent) {}

  static PolicyView of(PolicyRow row, @Nullable String document) {
    PolicySummary summary = row.summary();
    PolicyRow.Canary canary = row.canary();
    return new PolicyView(
        row.id(),
        row.name(),
        summary.kind() == null ? "policy" : summary.kind(),
        row.status(),
        row.revision(),
        row.newest(),
        canary == null ? null : new Canary(canary.revision(), canary.percent()),
        summary.version(),
        summary.description(),
        summary.rules(),
        row.createdAt().toString(),
        row.updatedAt().toString(),
        document,
        null);
  }

  /** A page of policies. */
  @Schema(name = "PolicyList")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PolicyList(List<PolicyView> policies, @Nullable String next) {}

  /** What an apply made of each document, in their order. */
  @Schema(name = "AppliedPolicies")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record AppliedPolicies(List<Applied> policies, @Nullable Boolean propagated) {}

  /**
   * What an apply made of one document.
   *
   * @param revision the one that holds this document
   * @param changed false when the document was there already and nothing became of it
   * @param status of the policy: {@code draft} where it has no revision in force yet
   */
  @Schema(name = "AppliedPolicy")
  public record Applied(
      String id,
      String name,
      int revision,
      boolean changed,
      String status,
      List<Warning> warnings) {}

  /** Something that is allowed and perhaps not meant. */
  @Schema(name = "PolicyWarning")
  public record Warning(int line, int column, String message) {
    static Warning of(PolicyProblem problem) {
      return new Warning(problem.line(), problem.column(), problem.message());
    }
  }

  /** A policy that is not in force any more; its revisions stay. */
  @Schema(name = "DeletedPolicy")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Deleted(
      String id, String name, int revision, String status, @Nullable Boolean propagated) {}
}
