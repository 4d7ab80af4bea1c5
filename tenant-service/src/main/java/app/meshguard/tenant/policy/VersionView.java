package app.meshguard.tenant.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One revision as it is answered.
 *
 * @param canaryPercent the share of the agents that get it, where it is a canary
 * @param publishedAt when it was last put in force for everybody; absent of a draft
 * @param document the YAML, where one revision was asked for
 */
@RegisterForReflection(ignoreNested = false)
@Schema(name = "PolicyVersion")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VersionView(
    int revision,
    boolean inForce,
    @Nullable Integer canaryPercent,
    String createdAt,
    String createdBy,
    @Nullable String publishedAt,
    @Nullable String publishedBy,
    @Nullable String document) {

  static VersionView of(
      PolicyRow row, RevisionRow revision, Publications.@Nullable Published published) {
    PolicyRow.Canary canary = row.canary();
    return new VersionView(
        revision.revision(),
        row.inForce() && revision.revision() == row.revision(),
        canary != null && canary.revision() == revision.revision() ? canary.percent() : null,
        revision.createdAt().toString(),
        revision.createdBy(),
        published == null ? null : published.at().toString(),
        published == null ? null : published.by(),
        null);
  }

  VersionView with(String text) {
    return new VersionView(
        revision, inForce, canaryPercent, createdAt, createdBy, publishedAt, publishedBy, text);
  }

  /** The revisions of a policy, the newest first. */
  @Schema(name = "PolicyVersions")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Versions(String name, List<VersionView> versions, @Nullable String next) {}

  /** The body of a publication as the OpenAPI document shows it. */
  @Schema(name = "PublishPolicy")
  record Publish(
      @Schema(required = true, minimum = "1") Integer revision,
      @Schema(
              minimum = "1",
              maximum = "99",
              description = "a canary: the share of the agents that get it; without, all do")
          Integer percent) {}

  /** The body of a rollback as the OpenAPI document shows it. */
  @Schema(name = "RollBackPolicy")
  record RollBack(
      @Schema(minimum = "1", description = "by default the one that was in force before")
          Integer revision) {}
}
