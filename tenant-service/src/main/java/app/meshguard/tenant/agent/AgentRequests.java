package app.meshguard.tenant.agent;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The bodies of requests as the OpenAPI document shows them. */
final class AgentRequests {
  private AgentRequests() {}

  @Schema(name = "CreateAgent")
  record Create(
      @Schema(required = true, maxLength = 128) String name,
      @Schema(
              enumeration = {"untrusted", "basic", "verified", "trusted", "privileged"},
              defaultValue = "verified")
          String trustTier,
      @Schema(enumeration = {"low", "medium", "high", "critical"}) String riskLevel,
      List<String> tags,
      List<String> roles,
      String owner,
      String department,
      List<String> capabilities,
      Map<String, Object> metadata,
      @Schema(format = "date-time") String expiresAt) {}

  @Schema(name = "ChangeAgent")
  record Change(
      String name,
      @Schema(enumeration = {"untrusted", "basic", "verified", "trusted", "privileged"})
          String trustTier,
      @Schema(enumeration = {"low", "medium", "high", "critical"}) String riskLevel,
      List<String> tags,
      List<String> roles,
      String owner,
      String department,
      List<String> capabilities,
      Map<String, Object> metadata,
      @Schema(format = "date-time") String expiresAt,
      @Schema(enumeration = {"active", "suspended"}) String status) {}

  @Schema(name = "IssueAgentToken")
  record Token(
      @Schema(description = "a duration such as 30m, 24h or 7d", defaultValue = "24h")
          String expiresIn,
      @Schema(description = "refuse all tokens issued before", defaultValue = "false")
          Boolean revokeOlder) {}
}
