package app.meshguard.policy.document;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Joins a policy with the one that it extends. */
public final class Inheritance {
  private Inheritance() {}

  /**
   * The policy with what it inherits: rules after its own, and the default effect, the time zone
   * and the delegation where it has none. What a base hides stays hidden.
   *
   * @param base with what it inherits itself
   */
  public static PolicyDocument extend(PolicyDocument policy, PolicyDocument base) {
    return new PolicyDocument(
        policy.name(),
        policy.kind(),
        policy.version(),
        policy.description(),
        policy.appliesTo(),
        policy.isAbstract(),
        policy.base(),
        policy.dryRun(),
        policy.combining(),
        policy.timezone() == null ? base.timezone() : policy.timezone(),
        joined(policy, base),
        policy.defaultEffect() == null ? base.defaultEffect() : policy.defaultEffect(),
        policy.delegation() == null ? base.delegation() : policy.delegation(),
        policy.rateLimits(),
        policy.auditLevel(),
        policy.notified(),
        Fields.both(policy.fields(), base.fields()),
        policy.text());
  }

  /** An inherited rule keeps its name unless one of the same name stands before it. */
  private static List<Rule> joined(PolicyDocument policy, PolicyDocument base) {
    List<Rule> rules = new ArrayList<>(policy.rules());
    Set<String> taken = new HashSet<>();
    policy.rules().forEach(rule -> taken.add(rule.name()));
    base.rules().forEach(rule -> taken.add(rule.name()));
    Set<String> own = new HashSet<>();
    policy.rules().forEach(rule -> own.add(rule.name()));
    for (Rule rule : base.rules()) {
      String name = own.contains(rule.name()) ? fresh(rule.name(), taken) : rule.name();
      String from = Objects.requireNonNullElse(rule.inheritedFrom(), base.name());
      rules.add(rule.inherited(name, from));
    }
    return rules;
  }

  private static String fresh(String name, Set<String> taken) {
    int copy = 2;
    while (!taken.add(name + "-" + copy)) {
      copy++;
    }
    return name + "-" + copy;
  }
}
