package app.meshguard.policy;

import app.meshguard.policy.Explanation.Change;
import app.meshguard.policy.Explanation.ChangedValue;
import app.meshguard.policy.condition.Attribute;
import app.meshguard.policy.condition.Facts;
import app.meshguard.policy.condition.Proposal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows the changes of a trial: what is, what it would have to be, and in words. */
final class ChangeWords {
  private final Agent agent;
  private final Call call;

  ChangeWords(Agent agent, Call call) {
    this.agent = agent;
    this.call = call;
  }

  Change change(Trial trial) {
    Changed changed = trial.applied(agent, call);
    if (changed == null) {
      throw new IllegalStateException("a trial that was made cannot be made again");
    }
    List<ChangedValue> values = new ArrayList<>();
    if (agent.suspended()) {
      values.add(
          new ChangedValue(
              "agent.suspended", true, false, "agent.suspended would have to be false"));
    }
    Facts before = call.facts(agent.attributes(), agent.tags());
    Facts after = changed.call().facts(changed.agent().attributes(), changed.agent().tags());
    for (List<Step> steps : bySubject(trial)) {
      Step first = steps.getFirst();
      Attribute attribute = first.attribute();
      before.in(first.zone());
      after.in(first.zone());
      values.add(
          new ChangedValue(
              attribute.text(),
              Masked.of(attribute, attribute.value(before)),
              Masked.of(attribute, attribute.value(after)),
              attribute.text()
                  + " would have to "
                  + steps.stream()
                      .map(step -> words(step.proposal()))
                      .collect(Collectors.joining(" and "))));
    }
    return new Change(values);
  }

  private static List<List<Step>> bySubject(Trial trial) {
    Map<String, List<Step>> steps = new LinkedHashMap<>();
    for (Step step : trial.steps().values()) {
      String path = step.attribute().root() + "." + step.attribute().path();
      steps.computeIfAbsent(path, unused -> new ArrayList<>()).add(step);
    }
    return List.copyOf(steps.values());
  }

  private static String words(Proposal proposal) {
    if (proposal.attribute().isSecret()) {
      return "be another";
    }
    String need = proposal.need();
    return switch (proposal.kind()) {
      case SET -> "be " + (need == null ? shown(proposal.value()) : need);
      case ADD -> "contain " + shown(proposal.value());
      case REMOVE -> "be without " + shown(proposal.value());
      case CLEAR -> "be left out";
    };
  }

  private static String shown(@org.jspecify.annotations.Nullable Object value) {
    return switch (value) {
      case String text -> "'" + text + "'";
      case BigDecimal number when Math.abs((long) number.scale()) < 100 -> number.toPlainString();
      case null, default -> String.valueOf(value);
    };
  }
}
