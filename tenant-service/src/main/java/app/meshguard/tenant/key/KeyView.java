package app.meshguard.tenant.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is answered.
 *
 * @param hint the prefix with the key's id, and the last four characters
 * @param key the whole text, shown once, when the key is created
 */
@RegisterForReflection(ignoreNested = false)
@Schema(name = "Key")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeyView(
    String id,
    @Schema(enumeration = {"agent", "admin"}) String kind,
    String name,
    String hint,
    @Nullable String agentId,
    @Nullable List<String> agentTags,
    @Nullable List<String> permissions,
    @Nullable String createdBy,
    String createdAt,
    @Nullable String expiresAt,
    @Nullable String lastUsedAt,
    @Nullable String revokedAt,
    @Nullable String key,
    @Nullable Boolean propagated) {

  /** A page of keys. */
  @Schema(name = "KeyList")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record KeyList(List<KeyView> keys, @Nullable String next) {}

  /** The body of a request as the OpenAPI document shows it. */
  @Schema(name = "CreateKey")
  record CreateKey(
      @Schema(
              enumeration = {"agent", "admin"},
              defaultValue = "agent")
          String kind,
      String name,
      @Schema(description = "bind an agent key to this one agent") String agentId,
      @Schema(description = "or let it act for agents with one of these tags; * is every agent")
          List<String> agentTags,
      @Schema(description = "of an admin token; at most those of its maker")
          List<String> permissions,
      @Schema(format = "date-time") String expiresAt) {}
}
