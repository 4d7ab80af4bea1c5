package app.meshguard.tenant.agent;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An agent as it is answered.
 *
 * @param token shown once, when the agent is created
 * @param propagated of a write: whether every connected replica has it
 */
@RegisterForReflection(ignoreNested = false)
@Schema(name = "Agent")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AgentView(
    String id,
    String name,
    String trustTier,
    @Nullable String riskLevel,
    List<String> tags,
    List<String> roles,
    @Nullable String owner,
    @Nullable String department,
    List<String> capabilities,
    Map<String, Object> metadata,
    String status,
    String orgId,
    String createdAt,
    String updatedAt,
    @Nullable String expiresAt,
    @Nullable String token,
    @Nullable String tokenExpiresAt,
    @Nullable Boolean propagated) {

  static AgentView of(AgentRow row) {
    return of(row, null, null);
  }

  static AgentView of(AgentRow row, @Nullable String token, @Nullable String tokenExpiresAt) {
    AgentDetails details = row.details();
    return new AgentView(
        row.id(),
        details.name(),
        details.trustTier(),
        details.riskLevel(),
        details.tags(),
        details.roles(),
        details.owner(),
        details.department(),
        details.capabilities(),
        details.metadata(),
        row.status(),
        row.tenantId(),
        row.createdAt().toString(),
        row.updatedAt().toString(),
        details.expiresAt() == null ? null : details.expiresAt().toString(),
        token,
        tokenExpiresAt,
        null);
  }

  /** A page of agents. */
  @Schema(name = "AgentList")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record AgentList(List<AgentView> agents, @Nullable String next) {}

  /**
   * A new token.
   *
   * @param token shown once
   */
  @Schema(name = "AgentToken")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TokenView(
      String agentId, String token, String jti, String expiresAt, @Nullable Boolean propagated) {}

  /** A token that is not accepted any more. */
  @Schema(name = "RevokedAgentToken")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record RevokedTokenView(
      String agentId, String jti, String status, @Nullable Boolean propagated) {}
}
