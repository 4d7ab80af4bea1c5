package app.meshguard.policy;

import app.meshguard.policy.condition.Facts;
import app.meshguard.policy.condition.Truth;
import app.meshguard.policy.document.Combining;
import app.meshguard.policy.document.RuleEffect;
import app.meshguard.policy.pattern.Matches;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rule that decides among those of one policy whose pattern matched.
 *
 * <p>A rule that requires approval and misses a value is unsure: it may turn an allowed call into a
 * pending one, and nothing else. So where one is unsure the contest is held twice: with the unsure
 * ones, to see whether one of them asks for a human, and without, to see what is decided.
 */
final class Contest {
  private final Matches<Candidate> matches;
  private final int start;
  private final int end;
  private final Facts facts;
  private int held;
  private boolean unsure;

  Contest(Matches<Candidate> matches, int start, int end, Facts facts) {
    this.matches = matches;
    this.start = start;
    this.end = end;
    this.facts = facts;
  }

  void decide(Combining combining, Ruling ruling) {
    keepWhatHolds(combining == Combining.NARROWEST, ruling);
    if (held == start) {
      return;
    }
    if (unsure) {
      Candidate asking = winner(combining, true);
      if (asking != null && isUnsure(asking)) {
        ruling.addUnsure(asking);
      }
    }
    Candidate winner = winner(combining, !unsure);
    if (winner != null) {
      ruling.add(winner);
    }
  }

  /** Moves the candidates that hold to the front of the policy's part of the matches. */
  private void keepWhatHolds(boolean narrowest, Ruling ruling) {
    held = start;
    for (int i = start; i < end; i++) {
      Candidate candidate = matches.get(i);
      RuleEffect effect = candidate.effect();
      if (narrowest && effect != null && !unsure && isOverridden(candidate, held, true)) {
        continue;
      }
      Truth truth = candidate.rule().test(facts);
      if (effect == null) {
        if (truth != Truth.FALSE) {
          ruling.addAudit(candidate.rule());
        }
      } else if (holds(effect, truth)) {
        unsure |= truth == Truth.MISSING && effect == RuleEffect.REQUIRE_APPROVAL;
        matches.keep(held++, candidate);
      }
    }
  }

  /** What is missing never helps the caller. */
  static boolean holds(RuleEffect effect, Truth truth) {
    return switch (effect) {
      case ALLOW -> truth == Truth.TRUE;
      case DENY, REQUIRE_APPROVAL -> truth != Truth.FALSE;
    };
  }

  private boolean isUnsure(Candidate candidate) {
    return candidate.effect() == RuleEffect.REQUIRE_APPROVAL
        && candidate.rule().test(facts) == Truth.MISSING;
  }

  private @Nullable Candidate winner(Combining combining, boolean withUnsure) {
    Candidate best = null;
    for (int i = start; i < held; i++) {
      Candidate candidate = matches.get(i);
      if ((!withUnsure && isUnsure(candidate))
          || (combining == Combining.NARROWEST && isOverridden(candidate, i, withUnsure))) {
        continue;
      }
      if (combining == Combining.FIRST_MATCH) {
        return candidate;
      }
      if (best == null || candidate.decidesBefore(best)) {
        best = candidate;
      }
    }
    return best;
  }

  /** Candidates come in an order in which whatever overrides another stands before it. */
  private boolean isOverridden(Candidate candidate, int before, boolean withUnsure) {
    for (int i = start; i < before; i++) {
      Candidate other = matches.get(i);
      if ((withUnsure || !isUnsure(other)) && other.overrides(candidate)) {
        return true;
      }
    }
    return false;
  }
}
