package app.meshguard.policy;

import app.meshguard.policy.condition.Facts;
import java.util.ArrayList;
import java.util.List;

/** Adds to a verdict what each policy in dry run would have said alone. */
final class DryRun {
  private DryRun() {}

  /**
   * @param groups one for each policy in dry run
   */
  static Verdict addTo(Verdict verdict, List<PolicyGroup> groups, Facts facts) {
    List<WouldHave> said = new ArrayList<>();
    for (PolicyGroup alone : groups) {
      CompiledPolicy policy = alone.policies().getFirst();
      Verdict own = new VerdictWriter(alone, AgentFloor.NONE).write(alone.rule(facts), facts);
      said.add(
          new WouldHave(policy.name(), policy.revision(), own.effect(), own.rule(), own.reason()));
    }
    return new Verdict(
        verdict.effect(),
        verdict.code(),
        verdict.policy(),
        verdict.policyRevision(),
        verdict.rule(),
        verdict.reason(),
        verdict.message(),
        verdict.limits(),
        verdict.audit(),
        verdict.obligations(),
        List.copyOf(said));
  }
}
