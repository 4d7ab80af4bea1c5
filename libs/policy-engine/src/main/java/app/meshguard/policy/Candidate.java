package app.meshguard.policy;

import app.meshguard.policy.document.RuleEffect;
import app.meshguard.policy.pattern.ActionPattern;
import app.meshguard.policy.pattern.PatternIndex;
import org.jspecify.annotations.Nullable;

/**
 * One pattern of one rule: of several patterns in a rule, each stands for itself.
 *
 * @param position of the rule in its policy
 */
record Candidate(CompiledRule rule, ActionPattern pattern, int position, int order)
    implements PatternIndex.Entry {
  @Nullable RuleEffect effect() {
    return rule.effect();
  }

  /**
   * Whether this one, where it holds, keeps the other from deciding.
   *
   * @param other a candidate of the same policy
   */
  boolean overrides(Candidate other) {
    return pattern.isSameAs(other.pattern)
        ? position < other.position
        : pattern.isStrictlyNarrowerThan(other.pattern);
  }

  /** Whether this one decides where neither overrides the other. */
  boolean decidesBefore(Candidate other) {
    int byEffect = severity() - other.severity();
    return byEffect != 0 ? byEffect > 0 : position < other.position;
  }

  private int severity() {
    RuleEffect effect = effect();
    return effect == null ? -1 : effect.ordinal();
  }
}
