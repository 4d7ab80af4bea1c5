package app.meshguard.policy.authoring;

import app.meshguard.policy.Agent;
import app.meshguard.policy.AgentPolicies;
import app.meshguard.policy.PolicyRevision;
import app.meshguard.policy.PolicySet;
import app.meshguard.policy.RiskFloor;
import app.meshguard.policy.document.CallRates;
import app.meshguard.policy.document.Fields;
import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.Rule;
import app.meshguard.policy.value.DurationText;
import app.meshguard.policy.value.RiskLevel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an agent may do and where each part of it comes from.
 *
 * @param ceiling patterns of what its tier may do at most; null without a ceiling
 * @param floor what its risk level asks for whatever is allowed; null without a risk level
 * @param limits on all its calls
 * @param fields of data that it may read; null for all
 * @param defaults what each policy says where none of its rules does
 */
public record Permissions(
    Agent agent,
    @Nullable List<String> ceiling,
    @Nullable RiskFloor floor,
    List<StandingLimit> limits,
    @Nullable Fields fields,
    List<EffectiveRule> rules,
    List<Default> defaults) {
  public Permissions {
    limits = List.copyOf(limits);
    rules = List.copyOf(rules);
    defaults = List.copyOf(defaults);
  }

  /** A limit on all calls of the agent, by a policy or by its risk level. */
  public record StandingLimit(String origin, long limit, Duration window) {}

  /** What a policy says where none of its rules does. */
  public record Default(String policy, String effect, boolean dryRun) {}

  /** What applies to the agent. */
  public static Permissions of(PolicySet policies, Agent agent) {
    AgentPolicies applying = policies.forAgent(agent);
    List<String> ceiling = policies.tenant().ceilings().get(agent.trustTier());
    RiskLevel level = agent.riskLevel();
    RiskFloor floor = level == null ? null : policies.tenant().floors().get(level);
    List<StandingLimit> limits = new ArrayList<>();
    List<EffectiveRule> rules = new ArrayList<>();
    List<Default> defaults = new ArrayList<>();
    Fields fields = null;
    for (PolicyRevision policy : applying.enforced()) {
      rules(policy, agent, ceiling, false, rules);
      defaults.add(byDefault(policy.document(), false));
      for (CallRates rate : policy.document().rateLimits()) {
        limits.add(new StandingLimit("policy " + policy.name(), rate.limit(), rate.window()));
      }
      fields = Fields.both(fields, policy.document().fields());
    }
    for (PolicyRevision policy : applying.dryRun()) {
      rules(policy, agent, ceiling, true, rules);
      defaults.add(byDefault(policy.document(), true));
    }
    Integer calls = floor == null ? null : floor.callsPerMinute();
    if (level != null && calls != null) {
      limits.add(new StandingLimit("risk level " + level.text(), calls, Duration.ofMinutes(1)));
    }
    return new Permissions(agent, ceiling, floor, limits, fields, rules, defaults);
  }

  private static void rules(
      PolicyRevision policy,
      Agent agent,
      @Nullable List<String> ceiling,
      boolean dryRun,
      List<EffectiveRule> rules) {
    List<String> via = Attachments.of(policy.document().appliesTo(), agent);
    for (Rule rule : policy.document().rules()) {
      rules.add(EffectiveRule.of(policy, rule, via, ceiling, dryRun));
    }
  }

  private static Default byDefault(PolicyDocument document, boolean dryRun) {
    return new Default(document.name(), document.allowByDefault() ? "allow" : "deny", dryRun);
  }

  /** For JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("agent", agentMap());
    map.put("ceiling", ceiling);
    map.put("floor", floor == null ? null : map(floor));
    map.put("limits", limits.stream().map(Permissions::map).toList());
    map.put("fields", fields == null ? null : fields.toMap());
    map.put("rules", rules.stream().map(EffectiveRule::toMap).toList());
    map.put("defaults", defaults.stream().map(Permissions::map).toList());
    return map;
  }

  private Map<String, Object> agentMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    RiskLevel level = agent.riskLevel();
    map.put("id", agent.id());
    map.put("name", agent.name());
    map.put("trustTier", agent.trustTier().text());
    map.put("riskLevel", level == null ? null : level.text());
    map.put("tags", agent.tags().stream().sorted().toList());
    map.put("roles", agent.roles().stream().sorted().toList());
    map.put("suspended", agent.suspended());
    return map;
  }

  private static Map<String, Object> map(RiskFloor floor) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("callsPerMinute", floor.callsPerMinute());
    map.put("requireApproval", floor.requireApproval());
    map.put("except", floor.except());
    map.put("exactRuleSuffices", floor.exactRuleSuffices());
    return map;
  }

  private static Map<String, Object> map(StandingLimit limit) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("origin", limit.origin());
    map.put("limit", limit.limit());
    map.put("window", DurationText.of(limit.window()));
    return map;
  }

  private static Map<String, Object> map(Default byDefault) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("policy", byDefault.policy());
    map.put("effect", byDefault.effect());
    if (byDefault.dryRun()) {
      map.put("dryRun", true);
    }
    return map;
  }
}
