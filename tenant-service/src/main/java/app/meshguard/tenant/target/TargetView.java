package app.meshguard.tenant.target;

import app.meshguard.wire.bundle.DirectorySection.RouteEntry;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A target as it is answered.
 *
 * @param headers names alone: the values are never answered
 */
@RegisterForReflection(ignoreNested = false)
@Schema(name = "Target")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TargetView(
    String id,
    String name,
    String baseUrl,
    boolean primary,
    @Schema(enumeration = {"also", "trusted"}) String declaredActions,
    List<RouteEntry> routes,
    List<String> headers,
    Map<String, Object> env,
    String createdAt,
    String updatedAt,
    @Nullable Boolean propagated) {

  /** A page of targets. */
  @Schema(name = "TargetList")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TargetList(List<TargetView> targets, @Nullable String next) {}

  /** A target that is gone. */
  @Schema(name = "DeletedTarget")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Deleted(String id, String status, @Nullable Boolean propagated) {}

  /** The body of a request as the OpenAPI document shows it. */
  @Schema(name = "WriteTarget")
  record WriteTarget(
      String name,
      @Schema(description = "https, without credentials, query and fragment") String baseUrl,
      @Schema(description = "the first target is primary; true makes this one it") Boolean primary,
      @Schema(
              enumeration = {"also", "trusted"},
              defaultValue = "also")
          String declaredActions,
      List<RouteEntry> routes,
      @Schema(description = "set on forwarded calls; kept sealed; null removes one")
          Map<String, String> headers,
      @Schema(description = "what policies read as env.*") Map<String, Object> env) {}
}
