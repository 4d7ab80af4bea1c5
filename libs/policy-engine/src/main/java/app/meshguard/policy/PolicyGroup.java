package app.meshguard.policy;

import app.meshguard.policy.condition.Facts;
import app.meshguard.policy.document.Combining;
import app.meshguard.policy.document.Fields;
import app.meshguard.policy.document.Obligations;
import app.meshguard.policy.pattern.ActionPattern;
import app.meshguard.policy.pattern.Matches;
import app.meshguard.policy.pattern.PatternIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The policies that apply to an agent together, indexed; shared by all agents that they are for.
 */
final class PolicyGroup {
  private final List<CompiledPolicy> policies;
  private final PatternIndex<Candidate> index;
  private final @Nullable CompiledPolicy defaultDecider;
  private final boolean allowsByDefault;
  private final List<LimitClaim> callRates;
  private final Obligations fields;

  /**
   * @param policies in the order of their names
   */
  PolicyGroup(List<CompiledPolicy> policies) {
    this.policies = List.copyOf(policies);
    List<Candidate> candidates = new ArrayList<>();
    for (CompiledPolicy policy : policies) {
      addCandidates(policy, candidates);
    }
    this.index = new PatternIndex<>(candidates);
    this.callRates = policies.stream().flatMap(policy -> policy.callRates().stream()).toList();
    this.fields = fields(policies);
    this.allowsByDefault =
        !policies.isEmpty() && policies.stream().allMatch(p -> p.document().allowByDefault());
    this.defaultDecider =
        policies.stream()
            .filter(policy -> policy.document().allowByDefault() == allowsByDefault)
            .findFirst()
            .orElse(null);
  }

  private static Obligations fields(List<CompiledPolicy> policies) {
    Fields fields = null;
    for (CompiledPolicy policy : policies) {
      fields = Fields.both(fields, policy.document().fields());
    }
    return fields == null
        ? Obligations.NONE
        : new Obligations(List.of(), List.of(), List.of(), null, fields);
  }

  private static void addCandidates(CompiledPolicy policy, List<Candidate> candidates) {
    List<Candidate> own = new ArrayList<>();
    for (int i = 0; i < policy.rules().size(); i++) {
      CompiledRule rule = policy.rules().get(i);
      for (ActionPattern pattern : rule.patterns()) {
        own.add(new Candidate(rule, pattern, i, 0));
      }
    }
    Comparator<Candidate> inDocument = Comparator.comparingInt(Candidate::position);
    Comparator<Candidate> byBreadth = (a, b) -> a.pattern().compareBreadth(b.pattern());
    own.sort(
        policy.document().combining() == Combining.NARROWEST
            ? byBreadth.thenComparing(inDocument)
            : inDocument);
    for (Candidate candidate : own) {
      candidates.add(
          new Candidate(
              candidate.rule(), candidate.pattern(), candidate.position(), candidates.size()));
    }
  }

  List<CompiledPolicy> policies() {
    return policies;
  }

  boolean isEmpty() {
    return policies.isEmpty();
  }

  /** The limits on all calls of the agent. */
  List<LimitClaim> callRates() {
    return callRates;
  }

  /** The obligations, with the fields of data that any of the policies hides. */
  Obligations hiding(Obligations ruled) {
    return ruled.isEmpty() ? fields : ruled.hidingAlso(fields);
  }

  boolean allowsByDefault() {
    return allowsByDefault;
  }

  /** The first policy whose default decides when no rule does; null without policies. */
  @Nullable CompiledPolicy defaultDecider() {
    return defaultDecider;
  }

  /** What the rules say of the call, policy by policy. */
  Ruling rule(Facts facts) {
    Matches<Candidate> matches = index.matching(facts.action());
    Ruling ruling = new Ruling();
    int start = 0;
    while (start < matches.size()) {
      CompiledPolicy policy = matches.get(start).rule().policy();
      int end = start + 1;
      while (end < matches.size() && matches.get(end).rule().policy() == policy) {
        end++;
      }
      facts.in(policy.zone());
      new Contest(matches, start, end, facts).decide(policy.document().combining(), ruling);
      start = end;
    }
    return ruling;
  }
}
