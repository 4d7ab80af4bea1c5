package app.meshguard.policy.authoring;

import app.meshguard.policy.authoring.PolicyDiff.Change;
import app.meshguard.policy.authoring.PolicyDiff.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers what changed of one thing and says it in words. */
final class Differences {
  private final String start;
  private final @Nullable String rule;
  private final List<Change> changes = new ArrayList<>();

  /**
   * @param start what each sentence starts with
   * @param rule null for what is not about one rule
   */
  Differences(String start, @Nullable String rule) {
    this.start = start;
    this.rule = rule;
  }

  List<Change> changes() {
    return List.copyOf(changes);
  }

  void add(Kind kind, String ofRule, String words) {
    changes.add(new Change(kind, ofRule, words));
  }

  void addAll(List<Change> more) {
    changes.addAll(more);
  }

  private void say(String words) {
    changes.add(new Change(Kind.CHANGED, rule, start + words));
  }

  /** A value that is there or not. */
  void became(String what, @Nullable String before, @Nullable String after) {
    if (before == null ? after == null : before.equals(after)) {
      return;
    }
    if (before == null) {
      say(what + " " + after + " was added");
    } else if (after == null) {
      say(what + " " + before + " was removed");
    } else {
      say(what + " " + before + " became " + after);
    }
  }

  /** Items of which some are new and some gone; those that are alike became one another. */
  void items(String what, Collection<String> before, Collection<String> after) {
    List<String> gone = without(before, after);
    List<String> added = without(after, before);
    while (!gone.isEmpty() && !added.isEmpty()) {
      String was = gone.removeFirst();
      String is = added.stream().filter(item -> areAlike(was, item)).findFirst().orElse(null);
      if (is == null) {
        is = gone.isEmpty() && added.size() == 1 ? added.getFirst() : null;
      }
      if (is == null) {
        became(what, was, null);
      } else {
        added.remove(is);
        became(what, was, is);
      }
    }
    gone.forEach(item -> became(what, item, null));
    added.forEach(item -> became(what, null, item));
  }

  private static List<String> without(Collection<String> items, Collection<String> others) {
    List<String> left = new ArrayList<>(items);
    others.forEach(left::remove);
    return left;
  }

  /** Whether two start with the same word: two conditions on one attribute, two verbs. */
  private static boolean areAlike(String a, String b) {
    return firstWord(a).equals(firstWord(b));
  }

  private static String firstWord(String text) {
    return text.split("[ :(]", 2)[0];
  }

  /** A set of names that stands at a key, or nothing. */
  void keys(String key, @Nullable Set<?> before, @Nullable Set<?> after) {
    became(key, shown(before), shown(after));
  }

  private static @Nullable String shown(@Nullable Set<?> set) {
    return set == null
        ? null
        : set.stream()
            .map(item -> item.toString().toLowerCase(Locale.ROOT))
            .sorted()
            .toList()
            .toString();
  }
}
