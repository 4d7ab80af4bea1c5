package app.meshguard.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes that are tried together.
 *
 * @param joins whether one of them made a policy apply that did not
 * @param order among trials that change as much: the earlier thought of comes first
 */
record Trial(Map<String, Step> steps, boolean joins, int order) implements Comparable<Trial> {
  static final Trial NOTHING = new Trial(Map.of(), false, 0);

  /** This trial with more changes; what was made up gives way to what was meant. */
  Trial with(Repairs.Repair repair, int newOrder) {
    Map<String, Step> all = new LinkedHashMap<>(steps);
    for (Step step : repair.steps()) {
      all.merge(
          step.subject(),
          step,
          (before, after) ->
              after.proposal().isAnything() && !before.proposal().isAnything() ? before : after);
    }
    return new Trial(all, joins || repair.joins(), newOrder);
  }

  Trial without(String subject) {
    Map<String, Step> fewer = new LinkedHashMap<>(steps);
    fewer.remove(subject);
    return new Trial(fewer, joins, order);
  }

  /** The agent and the call with all changes; null where one cannot be made. */
  @Nullable Changed applied(Agent agent, Call call) {
    Changed changed = new Changed(agent, call);
    for (Step step : steps.values()) {
      if (!changed.make(step)) {
        return null;
      }
    }
    return changed;
  }

  /** Fewer changes are less, whatever they are. */
  private double size() {
    return steps.values().stream().mapToDouble(step -> 10 + step.weight()).sum();
  }

  @Override
  public int compareTo(Trial other) {
    int bySize = Double.compare(size(), other.size());
    return bySize != 0 ? bySize : Integer.compare(order, other.order);
  }

  /** Tells two trials apart that change the same to other values. */
  List<Object> content() {
    List<Object> content = new ArrayList<>();
    steps.forEach(
        (subject, step) -> {
          content.add(subject);
          content.add(step.proposal().kind());
          content.add(String.valueOf(step.proposal().value()));
        });
    return content;
  }
}
