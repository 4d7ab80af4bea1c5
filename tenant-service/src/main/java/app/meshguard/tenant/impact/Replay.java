package app.meshguard.tenant.impact;

import app.meshguard.policy.Agent;
import app.meshguard.policy.AgentPolicies;
import app.meshguard.policy.PolicySet;
import app.meshguard.policy.Verdict;
import app.meshguard.tenant.engine.EngineTenant;
import app.meshguard.tenant.impact.ImpactView.NotReplayed;
import app.meshguard.tenant.impact.ImpactView.OfAction;
import app.meshguard.tenant.impact.ImpactView.OfAgent;
import app.meshguard.tenant.impact.ImpactView.OfRule;
import app.meshguard.tenant.impact.ImpactView.Outcome;
import app.meshguard.tenant.impact.ImpactView.Progress;
import app.meshguard.tenant.impact.ImpactView.Result;
import app.meshguard.tenant.impact.ImpactView.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides recorded calls twice, with what is in force and with what would be, and keeps count of
 * the difference. What it holds is bounded, however many calls there are. Not thread-safe.
 */
final class Replay {
  private static final int MOST_AGENTS = 500;
  private static final int MOST_SHOWN = 20;
  private static final int SAMPLES_A_FLIP = 5;
  private static final List<String> NOTES =
      List.of(
          "Limits are not counted: a call that would take from one is replayed as if there were"
              + " enough left.",
          "env.* is the primary target's of today, and a tenant's settings are those of today:"
              + " records do not hold them.");

  private final EngineTenant tenant;
  private final PolicySet inForce;
  private final PolicySet draft;
  private final Map<Agent, Sides> agents =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Agent, Sides> eldest) {
          return size() > MOST_AGENTS;
        }
      };

  private final Tally<Turn> turns = new Tally<>();
  private final Tally<Named> byAgent = new Tally<>();
  private final Tally<String> byAction = new Tally<>();
  private final Tally<Ruling> byRule = new Tally<>();
  private final Tally<RecordedCall.Reason> left = new Tally<>();
  private final Map<Turn, List<Sample>> samples = new HashMap<>();
  private long read;
  private long replayed;
  private long flipped;
  private long otherThanRecorded;
  private long withLimits;
  private @Nullable String through;

  private record Sides(AgentPolicies before, AgentPolicies after) {}

  private record Turn(String from, String to) {}

  private record Named(String id, String name) {}

  private record Ruling(@Nullable String policy, @Nullable String rule, String code) {}

  Replay(EngineTenant tenant, PolicySet inForce, PolicySet draft) {
    this.tenant = tenant;
    this.inForce = inForce;
    this.draft = draft;
  }

  void add(String line) {
    read++;
    RecordedCall.Read record = RecordedCall.read(line, tenant);
    RecordedCall call = record.call();
    if (call != null) {
      replay(call);
    } else if (record.reason() != null) {
      left.add(record.reason());
    }
  }

  private void replay(RecordedCall call) {
    Sides sides =
        agents.computeIfAbsent(
            call.agent(), agent -> new Sides(inForce.forAgent(agent), draft.forAgent(agent)));
    Verdict before = sides.before().evaluate(call.call());
    Verdict after = sides.after().evaluate(call.call());
    replayed++;
    through = call.at();
    if (!before.effect().text().equals(call.recorded())) {
      otherThanRecorded++;
    }
    if (!before.limits().isEmpty() || !after.limits().isEmpty()) {
      withLimits++;
    }
    if (before.effect() != after.effect()) {
      flip(call, before, after);
    }
  }

  private void flip(RecordedCall call, Verdict before, Verdict after) {
    flipped++;
    Turn turn = new Turn(before.effect().text(), after.effect().text());
    turns.add(turn);
    byAgent.add(new Named(call.agent().id(), call.agent().name()));
    byAction.add(call.call().action());
    byRule.add(new Ruling(after.policy(), after.rule(), after.code()));
    List<Sample> shown = samples.computeIfAbsent(turn, t -> new ArrayList<>());
    if (shown.size() < SAMPLES_A_FLIP) {
      shown.add(
          new Sample(
              call.decisionId(),
              call.at(),
              call.agent().id(),
              call.agent().name(),
              call.call().action(),
              outcome(before),
              outcome(after)));
    }
  }

  private static Outcome outcome(Verdict verdict) {
    return new Outcome(verdict.effect().text(), verdict.code(), verdict.policy(), verdict.rule());
  }

  long read() {
    return read;
  }

  Progress progress() {
    return new Progress(read, replayed, flipped, through);
  }

  Result result(ImpactRequest request, boolean complete) {
    return new Result(
        request.from().toString(),
        request.to().toString(),
        complete,
        through,
        read,
        replayed,
        flipped,
        turns.most(9, (turn, count) -> new ImpactView.Flip(turn.from(), turn.to(), count)),
        byAgent.most(MOST_SHOWN, (agent, count) -> new OfAgent(agent.id(), agent.name(), count)),
        byAction.most(MOST_SHOWN, OfAction::new),
        byRule.most(
            MOST_SHOWN,
            (rule, count) -> new OfRule(rule.policy(), rule.rule(), rule.code(), count)),
        samples.values().stream().flatMap(List::stream).toList(),
        left.most(
            RecordedCall.Reason.values().length,
            (reason, count) ->
                new NotReplayed(
                    reason.name().toLowerCase(java.util.Locale.ROOT), reason.words(), count)),
        otherThanRecorded,
        withLimits,
        NOTES);
  }
}
