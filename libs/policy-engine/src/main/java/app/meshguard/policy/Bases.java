package app.meshguard.policy;

import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.PolicyDocument.Base;
import app.meshguard.policy.document.PolicyProblem;
import app.meshguard.policy.value.NearestName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which policy extends which, and what is wrong with that. Documents of the same name are revisions
 * of one policy of which either may be in force, so what is wrong with any is wrong.
 */
final class Bases {
  private static final int MAX_CHAIN = 32;
  private static final int MAX_RULES = 2_000;

  private final Map<String, List<PolicyDocument>> byName = new LinkedHashMap<>();
  private final Map<String, Integer> ruleCounts = new HashMap<>();

  private Bases(Collection<PolicyDocument> together) {
    for (PolicyDocument document : together) {
      byName.computeIfAbsent(document.name(), unused -> new ArrayList<>()).add(document);
    }
  }

  static List<PolicyDocumentProblem> problems(Collection<PolicyDocument> together) {
    Bases bases = new Bases(together);
    List<PolicyDocumentProblem> problems = new ArrayList<>();
    for (PolicyDocument document : together) {
      Base base = document.base();
      String message = base == null ? null : bases.problem(document, base);
      if (base != null && message != null) {
        problems.add(
            new PolicyDocumentProblem(
                document.name(), new PolicyProblem(base.line(), base.column(), message)));
      }
    }
    return List.copyOf(problems);
  }

  private @Nullable String problem(PolicyDocument document, Base base) {
    if (!byName.containsKey(base.name())) {
      return "there is no policy '" + base.name() + "' to extend" + hint(document, base);
    }
    Set<String> above = above(base.name());
    if (above.contains(document.name())) {
      return "'"
          + document.name()
          + "' extends itself"
          + by(above, document.name())
          + "; remove one 'extends' of the circle";
    }
    if (above.size() > MAX_CHAIN) {
      return "more than " + MAX_CHAIN + " policies extend one another here; join some of them";
    }
    if (above.stream().anyMatch(this::extendsItself)) {
      return null;
    }
    int rules = document.rules().size() + rulesOf(base.name());
    return rules <= MAX_RULES
        ? null
        : "with what it inherits the policy has "
            + rules
            + " rules, and at most 2,000 can be; split it into several policies";
  }

  private String hint(PolicyDocument document, Base base) {
    List<String> others =
        byName.keySet().stream().filter(name -> !name.equals(document.name())).toList();
    String nearest = NearestName.among(base.name(), others);
    return nearest == null
        ? "; apply it first, or together with this one"
        : "; did you mean '" + nearest + "'?";
  }

  private static String by(Set<String> above, String self) {
    List<String> through = above.stream().filter(name -> !name.equals(self)).toList();
    return through.isEmpty() ? "" : " by way of " + String.join(", ", through);
  }

  /** What is above such a one is told there. */
  private boolean extendsItself(String name) {
    return basesOf(name).anyMatch(base -> above(base).contains(name));
  }

  private Stream<String> basesOf(String name) {
    return byName.getOrDefault(name, List.of()).stream()
        .map(PolicyDocument::base)
        .filter(Objects::nonNull)
        .map(Base::name);
  }

  /** The names from one on upwards, itself included; of a circle, all of it. */
  private Set<String> above(String start) {
    Set<String> above = new LinkedHashSet<>();
    ArrayDeque<String> waiting = new ArrayDeque<>(List.of(start));
    while (!waiting.isEmpty() && above.size() <= MAX_CHAIN) {
      String name = waiting.remove();
      if (above.add(name)) {
        basesOf(name).forEach(waiting::add);
      }
    }
    return above;
  }

  private int rulesOf(String name) {
    Integer known = ruleCounts.get(name);
    if (known != null) {
      return known;
    }
    int most = 0;
    for (PolicyDocument document : byName.getOrDefault(name, List.of())) {
      Base base = document.base();
      most = Math.max(most, document.rules().size() + (base == null ? 0 : rulesOf(base.name())));
    }
    ruleCounts.put(name, most);
    return most;
  }
}
