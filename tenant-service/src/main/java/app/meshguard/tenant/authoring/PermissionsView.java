package app.meshguard.tenant.authoring;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What applies to an agent, as the OpenAPI document shows it. */
@Schema(name = "AgentPermissions")
record PermissionsView(
    Map<String, Object> agent,
    @Schema(description = "patterns of what its trust tier may do at most; null without a ceiling")
        @Nullable List<String> ceiling,
    @Schema(description = "what its risk level demands of every call; null without a risk level")
        @Nullable Map<String, Object> floor,
    List<Map<String, Object>> limits,
    @Schema(description = "data fields that it may read; null for all")
        @Nullable Map<String, Object> fields,
    List<Effective> rules,
    @Schema(description = "what each policy says where none of its rules does")
        List<Map<String, Object>> defaults) {

  /** One rule and its origin; what is empty is left out. */
  @Schema(name = "EffectiveRule")
  record Effective(
      String policy,
      int revision,
      String rule,
      @Schema(description = "what of the agent makes the policy apply") List<String> via,
      @Schema(description = "the policy that the rule is written in, where it is another")
          String inheritedFrom,
      String effect,
      List<String> actions,
      List<String> conditions,
      String reason,
      Map<String, Object> obligations,
      @Schema(description = "whether the tier takes away some of what the rule allows")
          boolean cutByCeiling,
      boolean dryRun) {}
}
