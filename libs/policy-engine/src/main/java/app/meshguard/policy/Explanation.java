package app.meshguard.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a verdict came about.
 *
 * @param why in one sentence, why the winner won
 * @param change for a denial the smallest change that would have been allowed; null where there is
 *     none
 * @param noChange for a denial that no change undoes, why
 */
public record Explanation(
    Verdict verdict,
    List<PolicyTrace> policies,
    String why,
    @Nullable Change change,
    @Nullable String noChange) {
  public Explanation {
    policies = List.copyOf(policies);
  }

  /** What one policy said. */
  public record PolicyTrace(
      String policy,
      int revision,
      boolean dryRun,
      String combining,
      String defaultEffect,
      @Nullable String decidingRule,
      List<RuleTrace> rules) {
    public PolicyTrace {
      rules = List.copyOf(rules);
    }
  }

  /**
   * Whether a rule's pattern was none of the call's, its conditions did not hold, or it matched.
   */
  public enum RuleState {
    SKIPPED,
    FAILED,
    MATCHED
  }

  /**
   * What became of one rule.
   *
   * @param effect null for a rule that only adds audit settings
   * @param inheritedFrom the policy that it is written in; null for the one that it is a rule of
   * @param pattern the one that matched, null when none did
   */
  public record RuleTrace(
      String rule,
      @Nullable String inheritedFrom,
      @Nullable String effect,
      RuleState state,
      @Nullable String pattern,
      List<ConditionTrace> conditions) {
    public RuleTrace {
      conditions = List.copyOf(conditions);
    }
  }

  /**
   * A condition with what it saw.
   *
   * @param result {@code true}, {@code false} or {@code missing}
   * @param values by path, secrets hidden
   * @param missing the paths that had no value; empty where a value is of a type that cannot be
   *     compared or computed with
   */
  public record ConditionTrace(
      String condition, String result, Map<String, Object> values, List<String> missing) {}

  /** Values that would have to be others, all of them. */
  public record Change(List<ChangedValue> values) {
    public Change {
      values = List.copyOf(values);
    }
  }

  /**
   * One value that would have to be another.
   *
   * @param from what it is, {@code "[missing]"} when it is not there
   * @param to a value that was tried
   * @param words what would have to be, also where other values would do as well
   */
  public record ChangedValue(String attribute, Object from, Object to, String words) {}

  /** For JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("why", why);
    map.put("policies", policies.stream().map(Explanation::map).toList());
    if (change != null) {
      List<Object> values = new ArrayList<>();
      for (ChangedValue value : change.values()) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("attribute", value.attribute());
        one.put("from", value.from());
        one.put("to", value.to());
        one.put("words", value.words());
        values.add(one);
      }
      map.put("change", values);
    }
    if (noChange != null) {
      map.put("noChange", noChange);
    }
    return map;
  }

  private static Map<String, Object> map(PolicyTrace policy) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("policy", policy.policy());
    map.put("revision", policy.revision());
    map.put("enforcement", policy.dryRun() ? "dry_run" : "enforce");
    map.put("combining", policy.combining());
    map.put("defaultEffect", policy.defaultEffect());
    if (policy.decidingRule() != null) {
      map.put("decidingRule", policy.decidingRule());
    }
    map.put("rules", policy.rules().stream().map(Explanation::map).toList());
    return map;
  }

  private static Map<String, Object> map(RuleTrace rule) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("rule", rule.rule());
    if (rule.inheritedFrom() != null) {
      map.put("inheritedFrom", rule.inheritedFrom());
    }
    if (rule.effect() != null) {
      map.put("effect", rule.effect());
    }
    map.put("state", rule.state().name().toLowerCase(java.util.Locale.ROOT));
    if (rule.pattern() != null) {
      map.put("pattern", rule.pattern());
    }
    if (!rule.conditions().isEmpty()) {
      map.put("conditions", rule.conditions().stream().map(Explanation::map).toList());
    }
    return map;
  }

  private static Map<String, Object> map(ConditionTrace condition) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("condition", condition.condition());
    map.put("result", condition.result());
    map.put("values", condition.values());
    if (!condition.missing().isEmpty()) {
      map.put("missing", condition.missing());
    } else if (condition.result().equals("missing")) {
      map.put("note", "a value is of another type than is needed, or cannot be computed with");
    }
    return map;
  }
}
