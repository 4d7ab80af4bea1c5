package app.meshguard.policy;

import app.meshguard.policy.pattern.ActionPattern;
import app.meshguard.policy.value.RiskLevel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The floor of an agent's risk level, ready to be asked. */
final class AgentFloor {
  /** Of an agent without a risk level, and of a policy that is tried alone. */
  static final AgentFloor NONE = new AgentFloor(RiskFloor.NONE, "", List.of());

  private final RiskFloor floor;
  private final List<ActionPattern> requireApproval;
  private final List<ActionPattern> except;
  private final String message;
  private final List<LimitClaim> limits;

  private AgentFloor(RiskFloor floor, String message, List<LimitClaim> limits) {
    this.floor = floor;
    this.requireApproval =
        floor.requireApproval().stream().map(ActionPattern::withWhatLiesBelow).toList();
    this.except = floor.except().stream().map(ActionPattern::exactly).toList();
    this.message = message;
    this.limits = limits;
  }

  static AgentFloor of(@Nullable RiskLevel level, TenantRules tenant) {
    if (level == null) {
      return NONE;
    }
    RiskFloor floor = tenant.floor(level);
    Integer calls = floor.callsPerMinute();
    return new AgentFloor(
        floor,
        "Needs a human's approval at risk level " + level.text(),
        calls == null
            ? List.of()
            : List.of(
                new RateClaim("risk_level", level.text(), null, calls, Duration.ofMinutes(1))));
  }

  /** The limit on all calls of the agent; empty where there is none. */
  List<LimitClaim> limits() {
    return limits;
  }

  String message() {
    return message;
  }

  /**
   * Whether a human has to approve what is allowed.
   *
   * @param decider the rule that allows it; null where a default does
   */
  boolean asksForApproval(String action, @Nullable Candidate decider) {
    return !requireApproval.isEmpty()
        && matches(requireApproval, action)
        && !matches(except, action)
        && !(floor.exactRuleSuffices() && decider != null && decider.pattern().isWritten(action));
  }

  private static boolean matches(List<ActionPattern> patterns, String action) {
    for (int i = 0; i < patterns.size(); i++) {
      if (patterns.get(i).matches(action)) {
        return true;
      }
    }
    return false;
  }
}
