package app.meshguard.decision.decide;

import app.meshguard.decision.json.JsonText;
import app.meshguard.policy.AgentPolicies;
import app.meshguard.policy.Call;
import app.meshguard.policy.Explanation.ConditionTrace;
import app.meshguard.policy.Explanation.PolicyTrace;
import app.meshguard.policy.Explanation.RuleState;
import app.meshguard.policy.Explanation.RuleTrace;
import app.meshguard.policy.Verdict;
import app.meshguard.policy.value.Redaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the audit levels above {@code standard} add to a record: {@code detailed} the rules that
 * were in play, {@code enhanced} also their conditions with the values that they saw.
 */
final class RecordedTrace {
  private static final String STANDARD = "standard";
  private static final String ENHANCED = "enhanced";

  /** A record must stay one that the log takes. */
  private static final int MOST_BYTES = 24 << 10;

  private RecordedTrace() {}

  static boolean isWanted(Verdict verdict) {
    return !verdict.audit().level().equals(STANDARD);
  }

  /**
   * As JSON; null where the level asks for none. With thousands of rules it takes long: not for an
   * event loop.
   */
  static byte @Nullable [] of(Verdict verdict, AgentPolicies policies, Call call) {
    if (!isWanted(verdict)) {
      return null;
    }
    String level = verdict.audit().level();
    List<PolicyTrace> traces = policies.trace(call);
    JsonText text = new JsonText().value(policies(traces, level.equals(ENHANCED)));
    if (text.size() > MOST_BYTES) {
      text = new JsonText().value(policies(traces, false));
    }
    return text.size() > MOST_BYTES
        ? new JsonText().string("[too large]").toBytes()
        : text.toBytes();
  }

  /** Instead of a trace that there was no time for: the past decision can still be explained. */
  static byte[] leftOut() {
    return new JsonText().string("[left out: too many at once]").toBytes();
  }

  private static List<Map<String, Object>> policies(List<PolicyTrace> traces, boolean values) {
    return traces.stream().map(trace -> policy(trace, values)).toList();
  }

  private static Map<String, Object> policy(PolicyTrace trace, boolean values) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("policy", trace.policy());
    json.put("revision", trace.revision());
    if (trace.dryRun()) {
      json.put("enforcement", "dry_run");
    }
    if (trace.decidingRule() != null) {
      json.put("decidingRule", trace.decidingRule());
    }
    json.put(
        "rules",
        trace.rules().stream()
            .filter(rule -> rule.state() != RuleState.SKIPPED)
            .map(rule -> rule(rule, values))
            .toList());
    return json;
  }

  private static Map<String, Object> rule(RuleTrace trace, boolean values) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rule", trace.rule());
    json.put("held", trace.state() == RuleState.MATCHED);
    if (trace.effect() != null) {
      json.put("effect", trace.effect());
    }
    if (trace.pattern() != null) {
      json.put("pattern", trace.pattern());
    }
    if (values && !trace.conditions().isEmpty()) {
      json.put("conditions", trace.conditions().stream().map(RecordedTrace::condition).toList());
    }
    return json;
  }

  private static Map<String, Object> condition(ConditionTrace trace) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("condition", trace.condition());
    json.put("result", trace.result());
    json.put("values", Redaction.of(trace.values()));
    return json;
  }
}
