package app.meshguard.policy;

import app.meshguard.policy.Explanation.Change;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the smallest change of the request or the agent that would have been allowed. It tries
 * what changes least first; what a trial still founders on says what to try next. Whatever is
 * returned was tried: it is allowed by the same policies.
 */
final class ChangeFinder {
  private static final int MOST_TRIALS = 160;
  private static final int MOST_AGENTS = 24;
  private static final int MOST_CHANGES = 6;

  private final PolicySet policies;
  private final Agent agent;
  private final Call call;
  private final Map<Agent, AgentPolicies> trialAgents = new HashMap<>();
  private final PriorityQueue<Trial> waiting = new PriorityQueue<>();
  private final Set<List<Object>> known = new HashSet<>();
  private @Nullable Trial pending;
  private int thoughtOf;

  ChangeFinder(PolicySet policies, Agent agent, Call call) {
    this.policies = policies;
    this.agent = agent;
    this.call = call;
  }

  /**
   * The change, or why there is none.
   *
   * @param change null when none was found, and then {@code none} is not
   */
  record Found(@Nullable Change change, @Nullable String none) {}

  Found find() {
    waiting.add(Trial.NOTHING);
    int trials = 0;
    while (!waiting.isEmpty() && trials++ < MOST_TRIALS) {
      Trial trial = waiting.remove();
      Outcome outcome = outcome(trial);
      if (outcome != null && outcome.verdict().isAllowed()) {
        return new Found(words().change(least(trial)), null);
      }
      if (outcome != null) {
        if (pending == null && outcome.verdict().effect() == Effect.PENDING_APPROVAL) {
          pending = trial;
        }
        thinkOn(trial, outcome);
      }
    }
    return new Found(null, new NoChange(policies, agent, call, words()).why(pending));
  }

  /** What a trial came to. */
  private record Outcome(Changed changed, AgentPolicies applying, Verdict verdict) {}

  private @Nullable Outcome outcome(Trial trial) {
    Changed changed = trial.applied(agent, call);
    AgentPolicies applying = changed == null ? null : applying(changed.agent());
    return changed == null || applying == null
        ? null
        : new Outcome(changed, applying, applying.evaluate(changed.call()));
  }

  /** Which policies apply costs more than a decision, so only so many agents are tried. */
  private @Nullable AgentPolicies applying(Agent trialAgent) {
    AgentPolicies known = trialAgents.get(trialAgent);
    if (known == null && trialAgents.size() < MOST_AGENTS) {
      known = policies.forTrial(trialAgent);
      trialAgents.put(trialAgent, known);
    }
    return known;
  }

  private void thinkOn(Trial trial, Outcome outcome) {
    Repairs repairs =
        new Repairs(
            policies,
            outcome.changed().agent(),
            outcome.applying().facts(outcome.changed().call()));
    for (Repairs.Repair repair : repairs.of(outcome.verdict(), !trial.joins())) {
      Trial next = trial.with(repair, ++thoughtOf);
      if (next.steps().size() <= MOST_CHANGES && known.add(next.content())) {
        waiting.add(next);
      }
    }
  }

  /** Leaves out what turned out not to be needed. */
  private Trial least(Trial allowed) {
    Trial least = allowed;
    for (String subject : List.copyOf(allowed.steps().keySet())) {
      Trial fewer = least.without(subject);
      Outcome outcome = outcome(fewer);
      if (outcome != null && outcome.verdict().isAllowed()) {
        least = fewer;
      }
    }
    return least;
  }

  private ChangeWords words() {
    return new ChangeWords(agent, call);
  }
}
