package app.meshguard.policy;

import app.meshguard.policy.document.Obligations;
import app.meshguard.policy.document.RuleEffect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the policies' rules say together: deny before approval before allow, and of equals the first
 * by policy name, which is the order they are added in. For one call, one thread.
 */
final class Ruling {
  private @Nullable Candidate decider;
  private @Nullable Candidate unsure;
  private List<CompiledRule> audits = List.of();
  private @Nullable List<Obligations> obligations;

  void add(Candidate winner) {
    Candidate before = decider;
    if (before == null || severity(winner) > severity(before)) {
      decider = winner;
    }
    if (!winner.rule().obligations().isEmpty()) {
      if (obligations == null) {
        obligations = new ArrayList<>(2);
      }
      obligations.add(winner.rule().obligations());
    }
  }

  private static int severity(Candidate candidate) {
    RuleEffect effect = candidate.effect();
    return effect == null ? -1 : effect.ordinal();
  }

  /** A rule that misses a value, and turns what would be allowed into a call that is pending. */
  void addUnsure(Candidate candidate) {
    if (unsure == null) {
      unsure = candidate;
    }
  }

  void addAudit(CompiledRule rule) {
    if (audits.isEmpty()) {
      audits = List.of(rule);
    } else if (!audits.contains(rule)) {
      List<CompiledRule> more = new ArrayList<>(audits);
      more.add(rule);
      audits = more;
    }
  }

  /** The rule that decides; null where the defaults do. */
  @Nullable Candidate decider() {
    return decider;
  }

  @Nullable Candidate unsure() {
    return unsure;
  }

  List<CompiledRule> audits() {
    return audits;
  }

  /** The decider's obligations; whatever another policy's rule hides is hidden too. */
  Obligations obligationsOf(CompiledRule decided) {
    Obligations all = decided.obligations();
    if (obligations != null) {
      for (Obligations other : obligations) {
        all = all.hidingAlso(other);
      }
    }
    return all;
  }
}
