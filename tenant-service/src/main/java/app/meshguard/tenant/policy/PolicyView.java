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
 * @param revision the number that MeshGuard counts up at each apply
 * @param version the author's own label
 * @param document the YAML, where one policy was asked for
 */
@RegisterForReflection(ignoreNested = false)
@Schema(name = "Policy")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PolicyView(
    String id,
    String name,
    int revision,
    String version,
    @Nullable String description,
    List<PolicySummary.RuleSummary> rules,
    String createdAt,
    String updatedAt,
    @Nullable String document) {

  static PolicyView of(PolicyRow row, @Nullable String document) {
    PolicySummary summary = row.summary();
    return new PolicyView(
        row.id(),
        row.name(),
        row.revision(),
        summary.version(),
        summary.description(),
        summary.rules(),
        row.createdAt().toString(),
        row.updatedAt().toString(),
        document);
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
   * @param changed false when the document is the one in force already, which makes no revision
   */
  @Schema(name = "AppliedPolicy")
  public record Applied(
      String id, String name, int revision, boolean changed, List<Warning> warnings) {}

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

  /** The revisions of a policy, the newest first. */
  @Schema(name = "PolicyVersions")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Versions(String name, List<Version> versions, @Nullable String next) {}

  /** One revision. */
  @Schema(name = "PolicyVersion")
  public record Version(
      int revision, boolean inForce, String createdAt, String createdBy, String document) {}
}
