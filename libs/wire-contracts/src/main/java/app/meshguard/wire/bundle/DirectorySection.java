package app.meshguard.wire.bundle;

import app.meshguard.wire.TenantId;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who acts for a tenant, with which keys, on which targets: {@code GET
 * /internal/bundles/{tenantId}/directory}. Times are milliseconds since the epoch.
 *
 * @param format 1
 */
public record DirectorySection(
    int format,
    TenantId tenantId,
    long version,
    Settings settings,
    List<AgentEntry> agents,
    List<KeyEntry> keys,
    List<TargetEntry> targets) {
  public DirectorySection {
    agents = List.copyOf(agents);
    keys = List.copyOf(keys);
    targets = List.copyOf(targets);
  }

  /**
   * What the tenant set for itself.
   *
   * @param timezone IANA name, {@code UTC} when the tenant set none
   * @param mode {@code enforce}, or {@code audit}: decides and records, never blocks
   * @param maxStalenessSeconds after how long without the feed a replica refuses
   * @param tierCeilings action patterns by trust tier, for tiers whose ceiling the tenant set
   * @param riskFloors by risk level, for levels whose floor the tenant set
   */
  public record Settings(
      String name,
      String plan,
      String timezone,
      String mode,
      int maxStalenessSeconds,
      Map<String, List<String>> tierCeilings,
      Map<String, FloorEntry> riskFloors) {
    public Settings {
      tierCeilings = Map.copyOf(tierCeilings);
      // A bundle that the release before this one left on disk has none.
      riskFloors = riskFloors == null ? Map.of() : Map.copyOf(riskFloors);
    }
  }

  /**
   * What a risk level demands of every call, whatever the policies allow.
   *
   * @param callsPerMinute absent for no limit of its own
   * @param requireApproval action patterns of which an allow waits for a human
   * @param except action patterns of which it does not
   * @param exactRuleSuffices whether a rule for that very action allows it without a human
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record FloorEntry(
      @Nullable Integer callsPerMinute,
      List<String> requireApproval,
      List<String> except,
      boolean exactRuleSuffices) {
    public FloorEntry {
      requireApproval = requireApproval == null ? List.of() : List.copyOf(requireApproval);
      except = except == null ? List.of() : List.copyOf(except);
    }
  }

  /**
   * One agent. A revoked one stays listed, so that its refusals are recorded under its name.
   *
   * @param trustTier one of untrusted, basic, verified, trusted, privileged
   * @param riskLevel one of low, medium, high, critical, or absent
   * @param status active, suspended or revoked
   * @param tokensValidFrom tokens issued before this moment are refused
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record AgentEntry(
      String id,
      String name,
      String trustTier,
      @Nullable String riskLevel,
      List<String> tags,
      List<String> roles,
      @Nullable String owner,
      @Nullable String department,
      Map<String, Object> metadata,
      String status,
      long tokensValidFrom,
      @Nullable Long expiresAt) {
    public AgentEntry {
      tags = List.copyOf(tags);
      roles = List.copyOf(roles);
    }
  }

  /**
   * One API key. One that is expired or revoked stays listed for as long as revocations do, so that
   * its refusals are recorded.
   *
   * @param sha256 lower-case hex of the key's whole text
   * @param agentId the one agent that the key is bound to, or absent when it may name several
   * @param agentTags the key may act for every agent with one of these tags; {@code *} is all
   * @param revokedAt absent while the key lives
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record KeyEntry(
      String id,
      String sha256,
      @Nullable String agentId,
      List<String> agentTags,
      @Nullable Long expiresAt,
      @Nullable Long revokedAt) {
    public KeyEntry {
      agentTags = List.copyOf(agentTags);
    }
  }

  /**
   * Where {@code /proxy/<path>} goes.
   *
   * @param baseUrl absolute http or https URL without query
   * @param declaredActions {@code also} (an X-MeshGuard-Action header is a second action that must
   *     be allowed too) or {@code trusted} (it replaces the route's action)
   * @param sealedHeaders headers that are set on the forwarded call, value sealed with the
   *     deployment's secrets key (see SealedSecret of the service-identity library)
   * @param env values that policies read as {@code env.*}
   */
  public record TargetEntry(
      String id,
      String name,
      String baseUrl,
      boolean primary,
      String declaredActions,
      List<RouteEntry> routes,
      Map<String, String> sealedHeaders,
      Map<String, Object> env) {
    public TargetEntry {
      routes = List.copyOf(routes);
      sealedHeaders = Map.copyOf(sealedHeaders);
    }
  }

  /**
   * One entry of a target's routes; the first that matches names the action.
   *
   * @param method an HTTP method, or {@code *}
   * @param path a path glob below the target: {@code *} stops at a slash, {@code **} does not
   * @param action the action, e.g. {@code write:refund}
   */
  public record RouteEntry(String method, String path, String action) {}
}
