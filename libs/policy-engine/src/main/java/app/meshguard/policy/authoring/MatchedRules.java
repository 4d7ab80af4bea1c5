package app.meshguard.policy.authoring;

import app.meshguard.policy.document.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which rule of one document became which of another: first those that say the same, then those of
 * one name, then those for the same actions.
 */
final class MatchedRules {
  private final Map<Rule, Rule> beforeOf = new IdentityHashMap<>();
  private final List<Rule> left;
  private final Set<Rule> moved = Collections.newSetFromMap(new IdentityHashMap<>());

  MatchedRules(List<Rule> before, List<Rule> after) {
    this.left = new ArrayList<>(before);
    match(after, (a, b) -> a.name().equals(b.name()) && saysTheSame(a, b));
    match(after, MatchedRules::saysTheSame);
    match(after, (a, b) -> a.name().equals(b.name()));
    match(after, (a, b) -> a.actions().equals(b.actions()) && a.effect() == b.effect());
    match(after, (a, b) -> a.actions().equals(b.actions()));
    findMoved(before, after);
  }

  private static boolean saysTheSame(Rule a, Rule b) {
    return a.effect() == b.effect()
        && a.actions().equals(b.actions())
        && RuleWords.conditionTexts(a).equals(RuleWords.conditionTexts(b))
        && a.audit().equals(b.audit())
        && a.obligations().equals(b.obligations());
  }

  private void match(List<Rule> after, BiPredicate<Rule, Rule> are) {
    for (Rule rule : after) {
      if (!beforeOf.containsKey(rule)) {
        Rule was = left.stream().filter(old -> are.test(old, rule)).findFirst().orElse(null);
        if (was != null) {
          beforeOf.put(rule, was);
          left.removeIf(old -> old == was);
        }
      }
    }
  }

  /** What this rule was; null when it is new. */
  @Nullable Rule before(Rule rule) {
    return beforeOf.get(rule);
  }

  List<Rule> removed() {
    return List.copyOf(left);
  }

  boolean isMoved(Rule rule) {
    return moved.contains(rule);
  }

  /** The fewest rules whose moving explains the new order: all but a longest run in old order. */
  private void findMoved(List<Rule> before, List<Rule> after) {
    Map<Rule, Integer> places = new IdentityHashMap<>();
    before.forEach(rule -> places.put(rule, places.size()));
    List<Rule> kept = after.stream().filter(beforeOf::containsKey).toList();
    int[] place = kept.stream().mapToInt(rule -> places.get(beforeOf.get(rule))).toArray();
    int[] length = new int[place.length];
    int[] previous = new int[place.length];
    int end = -1;
    for (int i = 0; i < place.length; i++) {
      length[i] = 1;
      previous[i] = -1;
      for (int j = 0; j < i; j++) {
        if (place[j] < place[i] && length[j] + 1 > length[i]) {
          length[i] = length[j] + 1;
          previous[i] = j;
        }
      }
      if (end < 0 || length[i] > length[end]) {
        end = i;
      }
    }
    moved.addAll(kept);
    for (; end >= 0; end = previous[end]) {
      moved.remove(kept.get(end));
    }
  }
}
